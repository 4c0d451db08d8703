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
internal sealed class HistorySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string EventName = "event.1";

    /// <summary>Raised whenever the fold gives another state for a history; its snapshots are then not used.</summary>
    private const string StateName = "state.1";

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
        EventName => SweepEventJson.Read(Encoding.UTF8.GetString(bytes)),
        StateName => JsonSerializer.Deserialize<SweepState>(bytes, StateOptions)!,
        _ when manifest.StartsWith("state.", StringComparison.Ordinal) => new StaleSnapshot(manifest),
        _ => throw new SerializationException($"the stored '{manifest}' is not known to this program"),
    };

    private sealed class TrialStatesConverter : JsonConverter<TrialStates>
    {
        public override TrialStates Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<TrialState[]>(ref reader, options) ?? []];

        public override void Write(Utf8JsonWriter writer, TrialStates value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}

/// <summary>A snapshot that another program's fold made.</summary>
/// <param name="Version">Name and version that it was stored under.</param>
internal sealed record StaleSnapshot(string Version);
