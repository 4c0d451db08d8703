using System.Text.Json;
using Shared.Engine;

namespace Shared.Execution;

/// <summary>When a worker says something of itself again.</summary>
/// <param name="What">What it said last, without its rates and its slots' lines.</param>
/// <param name="Lines">How many lines its slots had written then.</param>
/// <param name="At">When that was.</param>
public sealed record ReportPace(string What, string Lines, DateTimeOffset At)
{
    /// <summary>Nothing was said yet.</summary>
    public static ReportPace Initial { get; } = new("", "", default);

    /// <summary>What was said last.</summary>
    public static ReportPace After(WorkerReport report, DateTimeOffset now) =>
        new(WhatOf(report), LinesOf(report), now);

    /// <summary>
    /// Whether a report is due: when something else is to be said, at the next look; when there are new lines
    /// only, some time after the last one; and at every beat, which shows that the worker lives.
    /// </summary>
    /// <param name="report">What would be said.</param>
    /// <param name="now">Present time.</param>
    /// <param name="beat">Of the store.</param>
    public bool IsDue(WorkerReport report, DateTimeOffset now, TimeSpan beat)
    {
        var since = (now - At).Duration();
        return since >= beat
            || WhatOf(report) != What
            || (since >= LogLimits.BetweenReports && LinesOf(report) != Lines);
    }

    private static string WhatOf(WorkerReport report) => JsonSerializer.Serialize(report with
    {
        Slots = [.. report.Slots.Select(slot => slot with { UpdatesPerSecond = null, Log = null })],
    });

    private static string LinesOf(WorkerReport report) =>
        string.Join(' ', report.Slots.Select(slot => slot.Log?.Written ?? 0));
}
