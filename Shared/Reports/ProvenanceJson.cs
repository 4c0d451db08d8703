using System.Text.Json;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>
/// Writes <c>provenance</c> of <c>report.json</c>: names, times, places, attempts, timings, hashes.
/// </summary>
internal static class ProvenanceJson
{
    /// <summary>Writes the property <c>provenance</c>.</summary>
    public static void Write(Utf8JsonWriter json, ReportModel model)
    {
        var plan = model.Plan;
        json.WriteStartObject("provenance");
        json.WriteString("sweep", model.State.Name);
        json.WriteString("question", plan.Question);
        json.WriteString("experiment", plan.Experiment);
        json.WriteString("data", plan.Data);
        json.WriteNumber("seed", plan.Seed);
        json.WriteNumber("retries", plan.Retries);
        json.WriteString("program", model.State.Program);
        json.WriteString("submittedAt", Spelling.Instant(model.State.SubmittedAt));
        WriteInstant(json, "completedAt", model.State.CompletedAt);
        WriteStrings(json, "sweptParameters", plan.Swept);
        WriteStrings(json, "ignoredParameters", plan.Ignored);
        json.WriteString("scale", plan.Choices?.Scale);
        WriteStrings(json, "overrides", plan.Choices?.Settings ?? []);
        WriteParents(json, model);
        EvaluationJson.WriteProvenance(json, model);
        json.WriteStartArray("attempts");
        foreach (var trial in model.Trials.Select(t => t.State))
        {
            foreach (var attempt in trial.Attempts)
            {
                WriteAttempt(json, attempt, AttemptChain.ParentOf(trial, attempt));
            }
        }

        json.WriteEndArray();
        WriteUnreadable(json, model);
        WriteTiming(json, model);
        WriteArtifacts(json, model);
        json.WriteEndObject();
    }

    /// <summary>The sweep that it follows from, and which trial of it each trial began from.</summary>
    private static void WriteParents(Utf8JsonWriter json, ReportModel model)
    {
        if (model.Plan.From is not { } from)
        {
            return;
        }

        json.WriteStartObject("from");
        json.WriteString("sweep", from.Sweep);
        json.WriteString("artifact", from.Artifact);
        json.WriteStartArray("trials");
        foreach (var trial in model.Trials.Select(t => t.State))
        {
            if (trial.Parent is { } parent)
            {
                json.WriteStartObject();
                json.WriteNumber("trial", trial.Number);
                json.WriteNumber("parentTrial", parent.Attempt.Trial);
                json.WriteNumber("parentAttempt", parent.Attempt.Number);
                json.WriteString("sha256", parent.Sha256);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter json, AttemptState attempt, AttemptState? parent)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", attempt.Id.Trial);
        json.WriteNumber("number", attempt.Id.Number);
        json.WriteString("worker", attempt.Place.Worker);
        json.WriteNumber("slot", attempt.Place.Slot);
        json.WriteNumber("processId", attempt.Place.ProcessId);
        json.WriteString("outcome", attempt.Outcome is { } outcome ? Spelling.Kebab(outcome) : null);
        json.WriteString("reason", attempt.Reason);
        json.WriteString("startedAt", Spelling.Instant(attempt.StartedAt));
        WriteInstant(json, "endedAt", attempt.EndedAt);
        if (parent is not null)
        {
            json.WriteStartObject("from");
            json.WriteNumber("attempt", parent.Id.Number);
            json.WriteNumber("update", attempt.From!.Update);
            json.WriteString("checkpoint", attempt.From.Sha256);
            json.WriteBoolean("isBitExact", AttemptChain.WhyInexact(parent, attempt) is null);
            json.WriteEndObject();
        }

        json.WriteStartObject("environment");
        json.WriteString("device", attempt.Environment.Device);
        json.WriteString("kernel", attempt.Environment.Kernel);
        json.WriteStartObject("libraries");
        var libraries = attempt.Environment.Libraries.OrderBy(l => l.Key, StringComparer.Ordinal);
        foreach (var (library, version) in libraries)
        {
            json.WriteString(library, version);
        }

        json.WriteEndObject();
        json.WriteString("program", attempt.Environment.Program);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Where everything could be read, there is no such key.</summary>
    private static void WriteUnreadable(Utf8JsonWriter json, ReportModel model)
    {
        if (model.Unreadable.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("unreadable");
        foreach (var (trial, batches) in model.Unreadable)
        {
            json.WriteStartObject();
            json.WriteNumber("trial", trial);
            json.WriteNumber("batches", batches);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTiming(Utf8JsonWriter json, ReportModel model)
    {
        json.WriteStartArray("timing");
        foreach (var trial in model.Trials)
        {
            json.WriteStartObject();
            json.WriteNumber("trial", trial.State.Number);
            ReportJson.WriteValues(json, trial, model.TimingMetrics);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArtifacts(Utf8JsonWriter json, ReportModel model)
    {
        json.WriteStartArray("artifacts");
        foreach (var entry in model.Artifacts.Select(a => a.Entry))
        {
            json.WriteStartObject();
            json.WriteNumber("trial", entry.Attempt.Trial);
            json.WriteNumber("attempt", entry.Attempt.Number);
            json.WriteString("name", entry.Name);
            json.WriteString("mediaType", entry.MediaType);
            json.WriteString("sha256", entry.Sha256);
            json.WriteNumber("length", entry.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time is { } known ? Spelling.Instant(known) : null);
}
