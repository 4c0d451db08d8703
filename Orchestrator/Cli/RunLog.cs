using System.Collections.Immutable;
using System.Globalization;
using Shared.Engine;
using Shared.Execution;
using Shared.Search;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// The log of a run: lines that begin with <c>#</c> say what is run, on what; then one line an event, with its
/// time. A resumed run appends a head of its own.
/// </summary>
/// <param name="file">Takes the lines.</param>
/// <param name="artifacts">Where trials leave their descriptions.</param>
/// <param name="events">What is new.</param>
public sealed class RunLog(RunLogFile file, IArtifactStore artifacts, AttemptEvents events)
{
    private readonly HashSet<string> _described = [];   // configurations
    private readonly HashSet<AttemptId> _mute = [];   // attempts that ended without a description
    private bool _isBegun;
    private string _data = "";

    /// <summary>Writes what is known before anything runs.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="slots">How many slots it gets.</param>
    /// <param name="now">Present time.</param>
    public void Begin(SweepState state, int slots, DateTimeOffset now)
    {
        var plan = state.Plan!;
        var done = state.Trials.Count(t => t.Outcome is not null);
        var isNew = state.Trials.All(t => t.Attempts.IsEmpty);
        file.Write(
        [
            $"# {Time(now)} sweep {state.Name} {(isNew ? "started" : "resumed")}: "
                + $"{done} of {ProgressText.Count(plan.Trials.Length, "trial")} done, "
                + $"{ProgressText.Count(slots, "slot")}, program {state.Program}",
            $"# question: {plan.Question}",
            $"# experiment {plan.Experiment}, data {plan.Data ?? "its own"}, seed {plan.Seed}, "
                + $"metric {plan.Metric.Name} ({ProgressText.Word(plan.Metric.Goal)})",
            .. plan.Choices is { } choices
                ? [$"# changed on the command line: {choices}"]
                : Array.Empty<string>(),
            .. plan.Configurations.Select(
                c => $"# configuration {c.Id} ({SweepProgress.LabelOf(c)}): "
                    + Configuration.JsonOf(c.Resolved)),
        ]);
    }

    /// <summary>Writes what is new.</summary>
    /// <param name="rows">One row a trial.</param>
    /// <param name="now">Present time.</param>
    public async Task FollowAsync(ImmutableArray<TrialProgress> rows, DateTimeOffset now)
    {
        var attempts = rows.SelectMany(r => r.Trial.Attempts).ToList();
        var descriptions = await DescribeAsync(rows);
        // The head is to be whole before the first event; a trial that reports says no more of itself.
        if (!_isBegun && (descriptions.Count > 0 || rows.Any(r => r.Step > 0) || _mute.Count > 0))
        {
            _isBegun = true;
            file.Write(Devices(attempts));
            file.Write(descriptions.Count > 0
                ? []
                : ["# layers, parameter count and data sizes are not known: the trial stored no description"]);
        }

        file.Write(descriptions);
        if (_isBegun)
        {
            file.Write(events.Since(rows, now).OrderBy(e => e.At).Select(e => $"{Time(e.At)} {e.Text}"));
        }
    }

    /// <summary>Writes how the run ended.</summary>
    public void End(string sentence, DateTimeOffset now) => file.Write([$"{Time(now)} {sentence}"]);

    private async Task<List<string>> DescribeAsync(ImmutableArray<TrialProgress> rows)
    {
        var lines = new List<string>();
        foreach (var row in rows.Where(r => !r.Trial.Attempts.IsEmpty))
        {
            var (configuration, attempt) = (row.Trial.Configuration, row.Trial.Attempts[^1]);
            if (_described.Contains(configuration) || _mute.Contains(attempt.Id))
            {
                continue;
            }

            var bytes = await artifacts.ReadAsync(
                attempt.Id, TrialDescription.FileName, CancellationToken.None);
            if (bytes is not null)
            {
                _described.Add(configuration);
                lines.AddRange(Describe(configuration, TrialDescription.Read(bytes)));
            }
            else if (attempt.EndedAt is not null)
            {
                _mute.Add(attempt.Id);
            }
        }

        return lines;
    }

    private IEnumerable<string> Describe(string configuration, TrialDescription? description)
    {
        if (description is null)
        {
            return [$"# configuration {configuration}: its {TrialDescription.FileName} cannot be read"];
        }

        var data = description.Data is { } d
            ? $"# data {d.Name}: {Count(d.Train)} train, {Count(d.Test)} test, "
                + $"shape {string.Join('×', d.Shape)}"
            : "# data: made as they are needed";
        var isNew = data != _data;
        _data = data;
        return
        [
            .. isNew ? [data] : Array.Empty<string>(),
            $"# configuration {configuration}: {Count(description.Parameters)} parameters, "
                + $"{description.Layers.Length} layers",
            .. description.Layers.Select((layer, i) => $"#   {i + 1}. {layer}"),
        ];
    }

    private static IEnumerable<string> Devices(List<AttemptState> attempts) => attempts
        .Select(a => a.Environment)
        .Select(e => $"# device {e.Device}, kernel {e.Kernel}, "
            + string.Join(", ", e.Libraries.Select(l => $"{l.Key} {l.Value}")))
        .Distinct(StringComparer.Ordinal);

    private static string Count(long? count) =>
        count is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "no";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
