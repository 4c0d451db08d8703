using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>
/// What a worker says of itself, for people to look at; nothing is decided by it. Its JSON is spelled as
/// events are.
/// </summary>
/// <param name="Worker">Its name, under which it has joined.</param>
/// <param name="Box">Name of its machine.</param>
/// <param name="ProcessId">Of the worker, on its machine.</param>
/// <param name="StartedAt">When it started, by its own clock.</param>
/// <param name="Devices">Names of its devices, in their order.</param>
/// <param name="Labels">What a sweep may require, by name.</param>
/// <param name="Program">Hash of its program's source trees.</param>
/// <param name="Slots">Its slots, slot 1 first.</param>
/// <param name="Idle">Why it claims nothing, in one sentence; empty while it works or may claim.</param>
public sealed record WorkerReport(
    string Worker,
    string Box,
    int ProcessId,
    DateTimeOffset StartedAt,
    ImmutableArray<string> Devices,
    ImmutableSortedDictionary<string, string> Labels,
    string Program,
    ImmutableArray<SlotReport> Slots,
    string Idle)
{
    /// <summary>The only sweep that it takes trials of; nothing where it takes those of every one.</summary>
    public string? OnlySweep { get; init; }

    /// <summary>The workers among the living that may take trials of a sweep.</summary>
    /// <param name="living">Names of the workers that live now.</param>
    /// <param name="seen">What workers said; one that has said nothing yet may take trials of all.</param>
    /// <param name="sweep">Name of the sweep.</param>
    public static ImmutableArray<string> MayTake(
        ImmutableArray<string> living, ImmutableArray<WorkerSighting> seen, string sweep)
    {
        var elsewhere = seen
            .Where(worker => worker.IsLive && worker.Report?.OnlySweep is { } only && only != sweep)
            .Select(worker => worker.Worker)
            .ToHashSet(StringComparer.Ordinal);
        return [.. living.Where(worker => !elsewhere.Contains(worker))];
    }
}

/// <summary>What a worker says of one of its slots.</summary>
/// <param name="Slot">From 1.</param>
/// <param name="Device">Name of its device.</param>
/// <param name="ProcessId">Of the slot's process; 0 while there is none.</param>
/// <param name="State">What it does, as the worker calls it.</param>
/// <param name="Attempt">What it runs; nothing while it is idle.</param>
/// <param name="UpdatesPerSecond">Its last measured rate, finite; nothing before the first.</param>
/// <param name="WhyIdle">Why it runs nothing, in one sentence; empty while it runs.</param>
public sealed record SlotReport(
    int Slot,
    string Device,
    int ProcessId,
    string State,
    AttemptId? Attempt,
    double? UpdatesPerSecond,
    string WhyIdle)
{
    /// <summary>The end of what it said of the attempt that it runs; nothing while it is idle.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LogEnd? Log { get; init; }
}

/// <summary>A worker as the store last saw it.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Report">What it said of itself; nothing where this program cannot read it.</param>
/// <param name="LastSeen">When, by the store's clock.</param>
/// <param name="IsLive">Whether its lock is held now.</param>
public sealed record WorkerSighting(string Worker, WorkerReport? Report, DateTimeOffset LastSeen, bool IsLive);

/// <summary>A lease as it stands.</summary>
/// <param name="Attempt">The attempt that holds it.</param>
/// <param name="Worker">Worker that claimed the attempt.</param>
/// <param name="EndsAt">From when on it may be taken away, by the store's clock.</param>
/// <param name="RenewedAt">When it was given or last renewed, by the store's clock.</param>
public sealed record LeaseSighting(
    AttemptId Attempt, string Worker, DateTimeOffset EndsAt, DateTimeOffset RenewedAt);
