using System.Collections.Immutable;
using System.Text.Json;
using Shared.Engine;
using Shared.Metrics;
using Shared.Reports;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Everything that is known of one trial, for programs.</summary>
/// <param name="Sweep">Name of its sweep.</param>
/// <param name="Trial">Its number, from 1.</param>
/// <param name="Configuration">Id of its configuration.</param>
/// <param name="Replicate">From 1.</param>
/// <param name="Parameters">Every parameter that is switched on in it, by dotted name.</param>
/// <param name="State">Its outcome, or <c>running</c> or <c>waiting</c>.</param>
/// <param name="Cause">Why it has its outcome, where its last attempt does not say it; otherwise empty.</param>
/// <param name="NotBefore">From when on it may be claimed; nothing for at once.</param>
/// <param name="WaitsFor">What it waits for of another sweep; nothing where it waits for nothing.</param>
/// <param name="Parent">What it begins with of another sweep; nothing without one, and while it waits.</param>
/// <param name="Attempts">In the order in which they started.</param>
public sealed record TrialView(
    string Sweep,
    int Trial,
    string Configuration,
    int Replicate,
    IReadOnlyDictionary<string, JsonElement> Parameters,
    string State,
    string Cause,
    DateTimeOffset? NotBefore,
    string? WaitsFor,
    ParentView? Parent,
    ImmutableArray<AttemptView> Attempts)
{
    /// <summary>A trial as the store has it.</summary>
    /// <param name="state">Its sweep.</param>
    /// <param name="number">Its number, which the sweep has.</param>
    /// <param name="batches">The metric batches of each attempt that stored some.</param>
    /// <param name="artifacts">What is stored for the sweep.</param>
    /// <param name="seen">What workers said of themselves.</param>
    public static TrialView Of(
        SweepState state,
        int number,
        IReadOnlyDictionary<AttemptId, ImmutableArray<MetricBatch>> batches,
        ImmutableArray<ArtifactEntry> artifacts,
        ImmutableArray<WorkerSighting> seen)
    {
        var trial = state.Trial(number);
        var configuration = state.Plan!.Configurations.Single(c => c.Id == trial.Configuration);
        return new TrialView(
            state.Name,
            number,
            trial.Configuration,
            trial.Replicate,
            configuration.Resolved.ToDictionary(
                p => p.Key, p => JsonElement.Parse(p.Value.Json), StringComparer.Ordinal),
            TrialStatus.Of(trial),
            trial.Cause,
            trial.NotBefore?.ToUniversalTime(),
            state.Blocked.Contains(number) && state.Plan.From is { } parent
                ? $"{parent.Artifact} of {parent.Sweep}"
                : null,
            trial.Parent is { } has
                ? new ParentView(
                    has.Attempt.Sweep, has.Attempt.Trial, has.Attempt.Number, has.Artifact, has.Sha256)
                : null,
            [
                .. trial.Attempts.Select(attempt => AttemptView.Of(
                    attempt,
                    batches.GetValueOrDefault(attempt.Id, []),
                    artifacts.Where(artifact => artifact.Attempt == attempt.Id),
                    LogsView.LogOf(attempt, seen))),
            ]);
    }
}

/// <summary>The artifact of another sweep that a trial begins with.</summary>
/// <param name="Sweep">Name of that sweep.</param>
/// <param name="Trial">Number of its trial.</param>
/// <param name="Attempt">Number of the attempt that made it.</param>
/// <param name="Artifact">File name.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
public sealed record ParentView(string Sweep, int Trial, int Attempt, string Artifact, string Sha256);

/// <summary>One attempt at a trial.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Slot">Number of the slot on it.</param>
/// <param name="ProcessId">Of the slot.</param>
/// <param name="Device">Model of the device.</param>
/// <param name="Kernel">Which numeric kernel computes.</param>
/// <param name="Libraries">Versions of the libraries that compute, by name.</param>
/// <param name="Program">Hash of the program's source trees.</param>
/// <param name="StartedAt">When it was claimed.</param>
/// <param name="EndedAt">Nothing while it runs.</param>
/// <param name="State"><c>running</c> or <c>ended</c>.</param>
/// <param name="Outcome">Nothing while it runs.</param>
/// <param name="Reason">Why it diverged, failed or was lost; otherwise empty.</param>
/// <param name="BeganAfterUpdate">The update that it went on from; 0 where it began anew.</param>
/// <param name="FromAttempt">Number of the attempt whose checkpoint that was; nothing without one.</param>
/// <param name="FirstUpdate">The first update that it reported; nothing before.</param>
/// <param name="LastUpdate">The last update that it reported; nothing before.</param>
/// <param name="CheckpointUpdate">The update of its newest checkpoint; nothing without one.</param>
/// <param name="Metrics">The last value of each metric that it reported, by name.</param>
/// <param name="Artifacts">What it stored.</param>
/// <param name="LogTail">The end of what its slot said; while it runs, as its worker last reported it.</param>
public sealed record AttemptView(
    int Number,
    string Worker,
    int Slot,
    int ProcessId,
    string Device,
    string Kernel,
    IReadOnlyDictionary<string, string> Libraries,
    string Program,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string State,
    AttemptOutcome? Outcome,
    string Reason,
    int BeganAfterUpdate,
    int? FromAttempt,
    int? FirstUpdate,
    int? LastUpdate,
    int? CheckpointUpdate,
    IReadOnlyDictionary<string, LastPoint> Metrics,
    ImmutableArray<ArtifactView> Artifacts,
    string LogTail)
{
    /// <summary>An attempt as the store has it.</summary>
    public static AttemptView Of(
        AttemptState attempt,
        ImmutableArray<MetricBatch> batches,
        IEnumerable<ArtifactEntry> artifacts,
        string log)
    {
        var points = batches.SelectMany(batch => batch.Points).ToList();
        return new AttemptView(
            attempt.Id.Number,
            attempt.Place.Worker,
            attempt.Place.Slot,
            attempt.Place.ProcessId,
            attempt.Environment.Device,
            attempt.Environment.Kernel,
            attempt.Environment.Libraries,
            attempt.Environment.Program,
            attempt.StartedAt.ToUniversalTime(),
            attempt.EndedAt?.ToUniversalTime(),
            attempt.EndedAt is null ? "running" : "ended",
            attempt.Outcome,
            attempt.Reason,
            attempt.From?.Update ?? 0,
            attempt.From?.Attempt.Number,
            points.Count == 0 ? null : points.Min(point => point.Step),
            points.Count == 0 ? null : points.Max(point => point.Step),
            attempt.Checkpoint?.Update,
            LastOf(points),
            [.. artifacts.Select(a => new ArtifactView(a.Name, a.MediaType, a.Length, a.Sha256))],
            log);
    }

    /// <summary>Points come as they were measured: the last one of a step is the one that stands.</summary>
    private static SortedDictionary<string, LastPoint> LastOf(IEnumerable<MetricPoint> points)
    {
        var last = new SortedDictionary<string, LastPoint>(StringComparer.Ordinal);
        foreach (var point in points)
        {
            // JSON has no number for what is not finite.
            last[point.Metric] = new LastPoint(point.Step, double.IsFinite(point.Value) ? point.Value : null);
        }

        return last;
    }
}

/// <summary>The last value of a metric.</summary>
/// <param name="Step">The update that it is of.</param>
/// <param name="Value">The value; nothing where it was not finite.</param>
public sealed record LastPoint(int Step, double? Value);

/// <summary>Something that an attempt stored.</summary>
/// <param name="Name">File name.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
public sealed record ArtifactView(string Name, string MediaType, long Bytes, string Sha256);
