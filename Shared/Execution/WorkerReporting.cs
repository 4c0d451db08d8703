using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Engine;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What a worker says of itself, from what it knows.</summary>
public static class WorkerReporting
{
    /// <summary>The report of a worker.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="self">What does not change while it runs.</param>
    /// <param name="idle">Why its last claim granted nothing; empty when it granted something.</param>
    /// <param name="seen">What its shell sees of its slots, by number; slots may be left out.</param>
    public static WorkerReport Of(
        WorkerState state, WorkerSelf self, string idle, IReadOnlyDictionary<int, SlotSight> seen)
    {
        var why = state.IsDraining ? "it was told to stop" : idle;
        return new WorkerReport(
            state.Name,
            self.Box,
            self.ProcessId,
            self.StartedAt,
            self.Devices,
            self.Labels,
            self.Program,
            [
                .. state.Slots.Select(slot => Of(
                    state, self, slot.Key, slot.Value, why, seen.GetValueOrDefault(slot.Key))),
            ],
            state.Running.Any() ? "" : why);
    }

    private static SlotReport Of(
        WorkerState state, WorkerSelf self, int slot, SlotView view, string idle, SlotSight? seen)
    {
        var (word, attempt, why) = view switch
        {
            SlotView.Busy { IsStopping: true } busy => ("stopping", busy.Attempt, ""),
            SlotView.Busy busy => ("running", busy.Attempt, ""),
            _ when state.Lent.TryGetValue(slot, out var main) =>
                ("lent", null, $"the trial on slot {main} takes it too"),
            SlotView.Starting => ("starting", (AttemptId?)null, "its process starts"),
            SlotView.Free or SlotView.Claiming => ("free", null, idle),
            SlotView.Gone gone => ("starting", null, gone.Reason),
            SlotView.Retiring => ("starting", null, "its process is replaced by a fresh one"),
            SlotView.Resting resting =>
                ("resting", null, $"{resting.Reason}; it starts again at {resting.Until:u}"),
            SlotView.Failed failed =>
            (
                "failed",
                null,
                $"{SlotRules.FalseStartLimit} processes in a row ran nothing: {failed.Reason}"),
            SlotView.Off => ("stopped", null, "the worker was told to stop"),
            _ => throw new UnreachableException($"slot {slot} is {view}"),
        };
        var device = self.Devices[state.Plan.DeviceOf(slot) - 1];
        var rate = attempt is not null && seen?.Attempt == attempt ? seen.UpdatesPerSecond : null;
        var log = attempt is not null && seen?.Said is { } said && said.Attempt == attempt ? said.Log : null;
        return new SlotReport(slot, device, seen?.ProcessId ?? 0, word, attempt, rate, why)
        {
            Log = log is null ? null : LogLimits.ForReport(log, state.Running.Count()),
        };
    }
}

/// <summary>What a worker knows of itself that does not change while it runs.</summary>
/// <param name="Box">Name of its machine.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Devices">Names of its devices, device 1 first.</param>
/// <param name="Labels">What its user labelled it with.</param>
/// <param name="Program">Hash of its program's source trees.</param>
public sealed record WorkerSelf(
    string Box,
    int ProcessId,
    DateTimeOffset StartedAt,
    ImmutableArray<string> Devices,
    ImmutableSortedDictionary<string, string> Labels,
    string Program);

/// <summary>What a worker's shell sees of a slot.</summary>
/// <param name="ProcessId">Its process; 0 while there is none.</param>
/// <param name="Attempt">The attempt that measured last; nothing before the first.</param>
/// <param name="UpdatesPerSecond">Its rate between its last two batches; nothing before the second.</param>
public sealed record SlotSight(int ProcessId, AttemptId? Attempt, double? UpdatesPerSecond)
{
    /// <summary>What its process said since it was last given an attempt; nothing before the first.</summary>
    public SlotSaid? Said { get; init; }
}

/// <summary>What a slot's process said of an attempt.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Log">The end of it.</param>
public sealed record SlotSaid(AttemptId Attempt, LogEnd Log);
