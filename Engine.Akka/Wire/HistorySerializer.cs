using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Shared.Sweeps;

namespace Engine.Akka.Wire;

/// <summary>
/// Events in the journal, as the JSON that every engine stores, and snapshots, which are the fold's and are
/// thrown away with its version.
/// </summary>
/// <remarks>
/// It reads nothing that could fail: what the journal throws while it replays says of no sweep that it cannot be
/// read. An event is parsed where it is folded, and a snapshot that cannot be read is as good as one of another fold.
/// </remarks>
internal sealed class HistorySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string EventName = "event.1";
    private const string StatePrefix = "state.";

    /// <summary>Raised whenever the fold gives another state for a history; its snapshots are then not used.</summary>
    private const string StateName = StatePrefix + "1";

    private static readonly JsonSerializerOptions StateOptions = new(SweepEventJson.Options)
    {
        Converters = { new TrialStatesConverter() },
    };

    /// <inheritdoc/>
    public override int Identifier => 1102;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        SweepEvent => EventName,
        SweepState => StateName,
        _ => throw new SerializationException($"{o.GetType().Name} is not stored"),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj switch
    {
        SweepEvent happened => Encoding.UTF8.GetBytes(SweepEventJson.Write(happened)),
        SweepState state => JsonSerializer.SerializeToUtf8Bytes(state, StateOptions),
        _ => throw new SerializationException($"{obj.GetType().Name} is not stored"),
    };

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        StateName => ReadState(bytes),
        _ when manifest.StartsWith(StatePrefix, StringComparison.Ordinal) => new StaleSnapshot(manifest),
        _ => new StoredEvent(Encoding.UTF8.GetString(bytes)),
    };

    private static object ReadState(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<SweepState>(bytes, StateOptions) ?? (object)new StaleSnapshot(StateName);
        }
        catch (Exception damage) when (damage is JsonException or ArgumentException or InvalidOperationException
            or NotSupportedException or FormatException or OverflowException)
        {
            return new StaleSnapshot(StateName);
        }
    }

    private sealed class TrialStatesConverter : JsonConverter<TrialStates>
    {
        public override TrialStates Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<TrialState[]>(ref reader, options) ?? []];

        public override void Write(Utf8JsonWriter writer, TrialStates value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}

/// <summary>An event of a history.</summary>
/// <param name="Json">Its text, which may be of any kind.</param>
internal sealed record StoredEvent(string Json);

/// <summary>A snapshot that another program's fold made, or that cannot be read.</summary>
/// <param name="Version">Name and version that it was stored under.</param>
internal sealed record StaleSnapshot(string Version);
