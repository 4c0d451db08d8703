using System.Collections.Immutable;
using System.Globalization;
using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary>A worker, for programs and as rows of a table.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Box">Name of its machine.</param>
/// <param name="ProcessId">Of the worker, on its machine.</param>
/// <param name="IsLive">Whether it lives now.</param>
/// <param name="StartedAt">When it started, by its own clock.</param>
/// <param name="LastSeen">When it last said something of itself, by the store's clock.</param>
/// <param name="Program">Hash of its program's source trees.</param>
/// <param name="Devices">Names of its devices.</param>
/// <param name="Labels">What a sweep may require, by name.</param>
/// <param name="WhyIdle">Why it claims nothing, one sentence; empty while it works or may claim.</param>
/// <param name="Slots">Its slots, slot 1 first.</param>
public sealed record WorkerView(
    string Worker,
    string Box,
    int ProcessId,
    bool IsLive,
    DateTimeOffset StartedAt,
    DateTimeOffset LastSeen,
    string Program,
    ImmutableArray<string> Devices,
    ImmutableSortedDictionary<string, string> Labels,
    string WhyIdle,
    ImmutableArray<SlotView> Slots)
{
    /// <summary>Names of the columns of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Header { get; } =
    [
        "worker", "box", "device", "slot", "process", "state", "trial", "updates/s", "lease", "seen", "why idle",
    ];

    /// <summary>A worker as the store saw it.</summary>
    /// <param name="sighting">When it was seen.</param>
    /// <param name="report">What it said.</param>
    /// <param name="leases">The leases that attempts hold.</param>
    /// <param name="now">Present time.</param>
    public static WorkerView Of(
        WorkerSighting sighting, WorkerReport report, ImmutableArray<LeaseSighting> leases, DateTimeOffset now) =>
        new(
            report.Worker,
            report.Box,
            report.ProcessId,
            sighting.IsLive,
            report.StartedAt.ToUniversalTime(),
            sighting.LastSeen.ToUniversalTime(),
            report.Program,
            report.Devices,
            report.Labels,
            report.Idle,
            [.. report.Slots.Select(slot => SlotView.Of(slot, leases, now))]);

    /// <summary>One row a slot; one for a worker without slots.</summary>
    /// <param name="now">Present time.</param>
    public IEnumerable<string[]> Rows(DateTimeOffset now)
    {
        var seen = SlotView.Age(LastSeen, now);
        return Slots.IsEmpty
            ? [[Worker, Box, "", "", Text(ProcessId), IsLive ? "no slots" : "gone", "", "", "", seen, WhyIdle]]
            : Slots.Select(slot => (string[])
            [
                Worker, Box, slot.Device, Text(slot.Slot), slot.ProcessId is { } id ? Text(id) : "–",
                IsLive ? slot.State : "gone",
                slot.Sweep is null ? "–" : $"{slot.Sweep} {slot.Trial}.{slot.Attempt}",
                ProgressText.Number(slot.UpdatesPerSecond),
                slot.LeaseRenewedAt is { } renewed ? SlotView.Age(renewed, now) : "–",
                seen,
                slot.WhyIdle.Length > 0 ? slot.WhyIdle : slot.Sweep is null ? WhyIdle : "",
            ]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A slot of a worker.</summary>
/// <param name="Slot">From 1.</param>
/// <param name="Device">Name of its device.</param>
/// <param name="ProcessId">Of the slot; nothing while it has no process.</param>
/// <param name="State">What it does, as the worker calls it.</param>
/// <param name="Sweep">Name of the sweep that it runs a trial of; nothing while it is idle.</param>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Attempt">Number of the attempt at that trial.</param>
/// <param name="UpdatesPerSecond">Its last measured rate.</param>
/// <param name="LeaseRenewedAt">When its attempt's lease was last renewed, by the store's clock.</param>
/// <param name="LeaseAgeSeconds">How long ago that is, at least zero.</param>
/// <param name="LeaseEndsAt">From when on the lease may be taken away.</param>
/// <param name="WhyIdle">Why it runs nothing, one sentence; empty while it runs.</param>
public sealed record SlotView(
    int Slot,
    string Device,
    int? ProcessId,
    string State,
    string? Sweep,
    int? Trial,
    int? Attempt,
    double? UpdatesPerSecond,
    DateTimeOffset? LeaseRenewedAt,
    double? LeaseAgeSeconds,
    DateTimeOffset? LeaseEndsAt,
    string WhyIdle)
{
    /// <summary>A slot as its worker describes it.</summary>
    public static SlotView Of(SlotReport slot, ImmutableArray<LeaseSighting> leases, DateTimeOffset now)
    {
        var lease = leases.FirstOrDefault(held => held.Attempt == slot.Attempt);
        return new SlotView(
            slot.Slot,
            slot.Device,
            slot.ProcessId == 0 ? null : slot.ProcessId,
            slot.State,
            slot.Attempt?.Sweep,
            slot.Attempt?.Trial,
            slot.Attempt?.Number,
            slot.UpdatesPerSecond,
            lease?.RenewedAt.ToUniversalTime(),
            lease is null ? null : Math.Round(Since(lease.RenewedAt, now).TotalSeconds, 3),
            lease?.EndsAt.ToUniversalTime(),
            slot.WhyIdle);
    }

    /// <summary>How long ago something was: <c>0:07 ago</c>.</summary>
    public static string Age(DateTimeOffset then, DateTimeOffset now) =>
        $"{ProgressText.Time(Since(then, now))} ago";

    /// <summary>Zero where the store's clock is ahead of this machine's.</summary>
    private static TimeSpan Since(DateTimeOffset then, DateTimeOffset now) =>
        now > then ? now - then : TimeSpan.Zero;
}
