using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shared.Metrics;
using Shared.Search;

namespace Shared.Reports;

/// <summary>
/// Writes <c>report.json</c>: <c>results</c>, which equal sweeps on equal hardware, kernel and libraries
/// share whatever happened on the way, and <c>provenance</c>, which holds everything else.
/// </summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(ReportModel model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteResults(json, model);
            ProvenanceJson.Write(json, model);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>
    /// A number in its one spelling; null when missing or not finite, which JSON cannot say.
    /// </summary>
    internal static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteRawValue(CanonicalJson.Number(number), skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>The trial's last values of these metrics, by name.</summary>
    internal static void WriteValues(
        Utf8JsonWriter json, TrialResult trial, IEnumerable<MetricDeclaration> metrics)
    {
        json.WriteStartObject("metrics");
        foreach (var metric in metrics)
        {
            if (trial.Values.TryGetValue(metric.Name, out var value))
            {
                WriteNumber(json, metric.Name, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, ReportModel model)
    {
        json.WriteStartObject("results");
        json.WriteStartObject("metric");
        json.WriteString("name", model.Plan.Metric.Name);
        json.WriteString("goal", Spelling.Kebab(model.Plan.Metric.Goal));
        json.WriteEndObject();
        json.WriteStartArray("configurations");
        foreach (var (configuration, ensembles) in OodEnsemble.Of(model))
        {
            WriteConfiguration(json, model, configuration, ensembles);
        }

        json.WriteEndArray();
        json.WriteStartArray("trials");
        foreach (var trial in model.Trials)
        {
            json.WriteStartObject();
            json.WriteNumber("trial", trial.State.Number);
            json.WriteString("configuration", trial.State.Configuration);
            json.WriteNumber("replicate", trial.State.Replicate);
            json.WriteString("outcome", trial.Status);
            WriteValues(json, trial, model.ResultMetrics);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        EvaluationJson.WriteResults(json, model);
        json.WriteEndObject();
    }

    private static void WriteConfiguration(
        Utf8JsonWriter json, ReportModel model, ConfigurationResult result, ImmutableArray<OodEnsemble> ensembles)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Configuration.Id);
        json.WritePropertyName("parameters");
        json.WriteRawValue(Configuration.JsonOf(result.Configuration.Swept), skipInputValidation: true);
        json.WriteNumber("n", result.Completed);
        json.WriteNumber("diverged", result.Diverged);
        WriteMoments(json, result, model.ResultMetrics);
        EvaluationJson.WriteEnsembles(json, ensembles);
        json.WriteEndObject();
    }

    /// <summary>Mean, deviation and number of these metrics over a configuration's trials, by name.</summary>
    internal static void WriteMoments(
        Utf8JsonWriter json, ConfigurationResult result, IEnumerable<MetricDeclaration> metrics)
    {
        json.WriteStartObject("metrics");
        foreach (var metric in metrics)
        {
            if (result.Metrics.TryGetValue(metric.Name, out var moments))
            {
                json.WriteStartObject(metric.Name);
                WriteNumber(json, "mean", moments.Mean);
                WriteNumber(json, "sd", moments.StandardDeviation);
                json.WriteNumber("n", moments.Count);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }
}
