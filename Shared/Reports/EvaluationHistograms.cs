using System.Collections.Immutable;
using System.Text.Json;
using Shared.Statistics;

namespace Shared.Reports;

/// <summary>
/// What a trial counts of its samples, stored as <c>histograms.json</c>; a report draws it.
/// </summary>
/// <param name="Data">Energies of test images.</param>
/// <param name="Samples">Energies of samples as trained, in the same bins.</param>
/// <param name="Noise">Energies of uniform noise, in the same bins.</param>
/// <param name="DataClasses">
/// How many of the same test images the feature network gives to each class; empty where there is none.
/// </param>
/// <param name="SampleClasses">How many samples as trained it gives to each class; empty too.</param>
public sealed record EvaluationHistograms(
    Histogram Data,
    Histogram Samples,
    Histogram Noise,
    ImmutableArray<long> DataClasses,
    ImmutableArray<long> SampleClasses)
{
    /// <summary>Name of the artifact.</summary>
    public const string FileName = "histograms.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    /// <summary>The artifact's bytes.</summary>
    public byte[] ToBytes() => ArtifactJson.Write(json =>
    {
        json.WriteStartObject("energy");
        WriteNumber(json, "low", Data.Low);
        WriteNumber(json, "high", Data.High);
        Write(json, "data", Data.Counts);
        Write(json, "samples", Samples.Counts);
        Write(json, "noise", Noise.Counts);
        json.WriteEndObject();
        json.WriteStartObject("classes");
        Write(json, "data", DataClasses);
        Write(json, "samples", SampleClasses);
        json.WriteEndObject();
    });

    /// <summary>The histograms of an artifact, or nothing where its bytes are none.</summary>
    public static EvaluationHistograms? Read(ReadOnlySpan<byte> bytes) => ArtifactJson.Read(bytes, root =>
    {
        var energy = root.GetProperty("energy");
        var classes = root.GetProperty("classes");
        var (low, high) = (energy.GetProperty("low").GetDouble(), energy.GetProperty("high").GetDouble());
        return new EvaluationHistograms(
            new Histogram(low, high, Counts(energy, "data")),
            new Histogram(low, high, Counts(energy, "samples")),
            new Histogram(low, high, Counts(energy, "noise")),
            Counts(classes, "data"),
            Counts(classes, "samples"));
    });

    private static ImmutableArray<long> Counts(JsonElement group, string name) =>
        [.. group.GetProperty(name).EnumerateArray().Select(count => count.GetInt64())];

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(CanonicalJson.Number(value), skipInputValidation: true);
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<long> counts)
    {
        json.WriteStartArray(name);
        foreach (var count in counts)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
    }
}
