using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What a worker says to one of its slots.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(Start), "start")]
[JsonDerivedType(typeof(Stop), "stop")]
public abstract record ToSlot
{
    private ToSlot()
    {
    }

    /// <summary>Run this attempt.</summary>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Experiment">Name of the experiment.</param>
    /// <param name="Parameters">
    /// Every parameter of the trial: one flat JSON object with dotted names.
    /// </param>
    /// <param name="Data">Name of the data set, where the experiment needs one.</param>
    /// <param name="Seed">Seed of the sweep.</param>
    /// <param name="Replicate">The trial's replicate, from 1.</param>
    public sealed record Start(
        AttemptId Attempt, string Experiment, string Parameters, string? Data, long Seed, int Replicate)
        : ToSlot
    {
        /// <summary>Pictures that the trial leaves while it trains; nothing for none.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public SampleGrids? Samples { get; init; }

        /// <summary>The checkpoint to go on from; nothing for one that begins at its first update.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public StartFrom? From { get; init; }

        /// <summary>
        /// The model whose weights it begins with; nothing for fresh ones or a checkpoint's.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public StartParent? Parent { get; init; }

        /// <summary>Distance of two checkpoints in updates; nothing where they are due by time.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? CheckpointEvery { get; init; }
    }

    /// <summary>Give this attempt up.</summary>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="KeepCheckpoint">
    /// True when the worker drains: finish the update, leave a checkpoint of it, and end preempted. False
    /// when the worker no longer speaks for the attempt: stop at once.
    /// </param>
    public sealed record Stop(AttemptId Attempt, bool KeepCheckpoint = false) : ToSlot;
}

/// <summary>The checkpoint that an attempt goes on from.</summary>
/// <param name="Update">Its last finished update, at least 1; the next one made is the one after it.</param>
/// <param name="Path">A file that stays until the attempt has read it.</param>
/// <param name="Sha256">Of its bytes, lower-case hex; a file of other bytes is refused.</param>
public sealed record StartFrom(int Update, string Path, string Sha256);

/// <summary>The stored model whose weights an attempt begins with.</summary>
/// <param name="Path">A file that stays until the attempt has read it.</param>
/// <param name="Sha256">Of its bytes, lower-case hex; a file of other bytes is refused.</param>
public sealed record StartParent(string Path, string Sha256);

/// <summary>What a slot says to its worker.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Measured), "measured")]
[JsonDerivedType(typeof(Produced), "produced")]
[JsonDerivedType(typeof(Checkpointed), "checkpointed")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record FromSlot
{
    private FromSlot()
    {
    }

    /// <summary>The slot's libraries are loaded and it can run attempts.</summary>
    public sealed record Ready(int ProcessId, AttemptEnvironment Environment) : FromSlot;

    /// <summary>A metric batch.</summary>
    public sealed record Measured(AttemptId Attempt, int Batch, ImmutableArray<MetricPoint> Points)
        : FromSlot;

    /// <summary>An artifact, spooled to a file that its reader deletes.</summary>
    /// <param name="Attempt">The attempt that made it.</param>
    /// <param name="Name">Name of the artifact.</param>
    /// <param name="MediaType">Such as <c>image/png</c>.</param>
    /// <param name="Path">The spooled file.</param>
    /// <param name="Sha256">Of its bytes, lower-case hex.</param>
    public sealed record Produced(
        AttemptId Attempt, string Name, string MediaType, string Path, string Sha256)
        : FromSlot;

    /// <summary>A checkpoint, spooled to a file that its reader deletes.</summary>
    /// <param name="Attempt">The attempt that wrote it.</param>
    /// <param name="Update">Its last finished update.</param>
    /// <param name="LastBatch">
    /// Number of the last metric batch sent before it, 0 without batches: every point up to the update is in
    /// a batch up to this one.
    /// </param>
    /// <param name="Path">The spooled file.</param>
    /// <param name="Sha256">Of its bytes, lower-case hex.</param>
    /// <param name="Length">Of the file, in bytes.</param>
    public sealed record Checkpointed(
        AttemptId Attempt, int Update, int LastBatch, string Path, string Sha256, long Length)
        : FromSlot;

    /// <summary>The attempt ended; the slot is free.</summary>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Outcome">Completed, diverged, failed, or preempted after a stop.</param>
    /// <param name="Reason">Why it diverged or failed; otherwise empty.</param>
    /// <param name="LastBatch">Number of its last metric batch; 0 without batches.</param>
    /// <param name="Updates">
    /// The last update that it finished itself; 0 when it finished none, wherever it began.
    /// </param>
    public sealed record Ended(
        AttemptId Attempt, AttemptOutcome Outcome, string Reason, int LastBatch, int Updates)
        : FromSlot
    {
        /// <summary>
        /// Whether it failed because what it was to begin from, a checkpoint or a parent's model, cannot be read.
        /// </summary>
        public bool IsSourceUnreadable { get; init; }
    }
}

/// <summary>The bytes of slot messages.</summary>
public static class SlotMessageJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        },
    };

    /// <summary>The JSON of a message to a slot, as UTF-8.</summary>
    public static byte[] Write(ToSlot message) => JsonSerializer.SerializeToUtf8Bytes(message, Options);

    /// <summary>The JSON of a message from a slot, as UTF-8.</summary>
    public static byte[] Write(FromSlot message) => JsonSerializer.SerializeToUtf8Bytes(message, Options);

    /// <summary>A message to a slot.</summary>
    /// <exception cref="JsonException">The bytes are no such message.</exception>
    public static ToSlot ReadToSlot(ReadOnlySpan<byte> json) =>
        Read<ToSlot>(json);

    /// <summary>A message from a slot.</summary>
    /// <exception cref="JsonException">The bytes are no such message.</exception>
    public static FromSlot ReadFromSlot(ReadOnlySpan<byte> json) =>
        Read<FromSlot>(json);

    private static T Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new JsonException("an empty message");
        }
        catch (NotSupportedException unnamed)   // the serialiser's word for an object that says no kind
        {
            throw new JsonException("a message of no kind", unnamed);
        }
    }
}
