using System.Collections.Immutable;
using System.Text.Json;
using Shared.Search;

namespace Shared.Reports;

/// <summary>Writes what a report includes of evaluations; without any, nothing.</summary>
internal static class EvaluationJson
{
    private const string Key = "evaluations";

    /// <summary>
    /// Into <c>results</c>: what each was measured with, and each metric of each configuration of the sweep.
    /// </summary>
    public static void WriteResults(Utf8JsonWriter json, ReportModel model)
    {
        if (model.Evaluations.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(Key);
        foreach (var evaluation in model.Evaluations)
        {
            json.WriteStartObject();
            json.WritePropertyName("parameters");
            json.WriteRawValue(
                Configuration.JsonOf(evaluation.Model.Configurations[0].Configuration.Resolved),
                skipInputValidation: true);
            json.WriteStartArray("configurations");
            foreach (var (configuration, ensembles) in OodEnsemble.Of(evaluation.Model))
            {
                json.WriteStartObject();
                json.WriteString("id", configuration.Configuration.Id);
                json.WriteNumber("n", configuration.Completed);
                ReportJson.WriteMoments(json, configuration, evaluation.Measured);
                WriteEnsembles(json, ensembles);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What f averaged over replicates tells, set by set; without scores, nothing.</summary>
    /// <param name="json">The file.</param>
    /// <param name="ensembles">Those of one configuration.</param>
    public static void WriteEnsembles(Utf8JsonWriter json, ImmutableArray<OodEnsemble> ensembles)
    {
        if (ensembles.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("ensembles");
        foreach (var ensemble in ensembles)
        {
            json.WriteStartObject(ensemble.Set);
            json.WriteNumber("models", ensemble.Models);
            ReportJson.WriteNumber(json, "auroc", ensemble.Auroc);
            ReportJson.WriteNumber(json, "aupr", ensemble.Aupr);
            ReportJson.WriteNumber(json, "fpr95", ensemble.Fpr95);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Into <c>provenance</c>: the name of each, its file's hash, its program, and its trials.</summary>
    public static void WriteProvenance(Utf8JsonWriter json, ReportModel model)
    {
        if (model.Evaluations.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(Key);
        foreach (var evaluation in model.Evaluations.Select(e => e.Model))
        {
            json.WriteStartObject();
            json.WriteString("sweep", evaluation.State.Name);
            json.WriteString("specSha256", CanonicalJson.Sha256(evaluation.Plan.Spec));
            json.WriteString("program", evaluation.State.Program);
            json.WriteString("submittedAt", Spelling.Instant(evaluation.State.SubmittedAt));
            json.WriteNumber("trials", evaluation.Trials.Length);
            json.WriteNumber("completed", evaluation.Trials.Count(t => t.IsCompleted));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
