using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What a slot knows: which attempt it runs and which points it has not sent.</summary>
/// <param name="Running">Nothing while it is free.</param>
/// <param name="Batches">Number of the last batch sent.</param>
/// <param name="Pending">Points measured since.</param>
public sealed record SlotState(AttemptId? Running, int Batches, ImmutableList<MetricPoint> Pending)
{
    /// <summary>A slot that has just started.</summary>
    public static SlotState Initial { get; } = new(null, 0, ImmutableList<MetricPoint>.Empty);
}

/// <summary>What happens to a slot.</summary>
public abstract record SlotInput
{
    private SlotInput()
    {
    }

    /// <summary>Its worker said something.</summary>
    public sealed record Received(ToSlot Message) : SlotInput;

    /// <summary>Its worker is gone.</summary>
    public sealed record WorkerGone : SlotInput;

    /// <summary>Training measured something.</summary>
    public sealed record Measured(MetricPoint Point) : SlotInput;

    /// <summary>Training left an artifact, now spooled.</summary>
    public sealed record Produced(string Name, string MediaType, string Path, string Sha256) : SlotInput;

    /// <summary>Training left a checkpoint after an update, now spooled.</summary>
    public sealed record Checkpointed(int Update, string Path, string Sha256, long Length) : SlotInput;

    /// <summary>Training ended.</summary>
    /// <param name="Outcome">How.</param>
    /// <param name="Reason">Why it diverged or failed; otherwise empty.</param>
    /// <param name="Updates">The last update that this attempt finished; 0 when it finished none.</param>
    public sealed record Ended(AttemptOutcome Outcome, string Reason, int Updates) : SlotInput
    {
        /// <summary>Whether it failed because what it was to begin from cannot be read.</summary>
        public bool IsSourceUnreadable { get; init; }
    }

    /// <summary>Time to send what is pending.</summary>
    public sealed record FlushDue : SlotInput;
}

/// <summary>What a slot's shell is to do.</summary>
public abstract record SlotAction
{
    private SlotAction()
    {
    }

    /// <summary>Begin to train.</summary>
    public sealed record Train(ToSlot.Start Start) : SlotAction;

    /// <summary>Tell training to stop.</summary>
    /// <param name="KeepCheckpoint">After its update, which leaves a checkpoint; otherwise at once.</param>
    public sealed record CancelTraining(bool KeepCheckpoint) : SlotAction;

    /// <summary>Say this to the worker.</summary>
    public sealed record Send(FromSlot Message) : SlotAction;

    /// <summary>End the process at once.</summary>
    public sealed record Exit(string Reason) : SlotAction;
}

/// <summary>The slot's loop as a pure step.</summary>
public static class SlotStep
{
    /// <summary>A batch is sent when it has this many points, even before its time.</summary>
    public const int PointsPerBatch = 512;

    /// <summary>The next state, and what the shell is to do, in order.</summary>
    public static (SlotState State, ImmutableArray<SlotAction> Actions) Step(
        SlotState state, SlotInput input) =>
        input switch
        {
            SlotInput.Received { Message: ToSlot.Start start } => Start(state, start),
            SlotInput.Received { Message: ToSlot.Stop stop } => state.Running == stop.Attempt
                ? (state, [new SlotAction.CancelTraining(stop.KeepCheckpoint)])
                : (state, []),
            SlotInput.WorkerGone => (state, [new SlotAction.Exit("the worker is gone")]),
            SlotInput.Measured measured => Measured(state, measured.Point),
            SlotInput.Produced produced => Flush(state, new FromSlot.Produced(
                Attempt(state), produced.Name, produced.MediaType, produced.Path, produced.Sha256)),
            SlotInput.Checkpointed checkpointed => Checkpointed(state, checkpointed),
            SlotInput.Ended ended => Ended(state, ended),
            SlotInput.FlushDue => Flush(state),
            _ => throw new UnreachableException($"input {input.GetType().Name}"),
        };

    private static (SlotState State, ImmutableArray<SlotAction> Actions) Start(
        SlotState state, ToSlot.Start start) =>
        state.Running is null
            ? (SlotState.Initial with { Running = start.Attempt }, [new SlotAction.Train(start)])
            : (state, [new SlotAction.Exit($"told to start {start.Attempt} while {state.Running} runs")]);

    private static (SlotState State, ImmutableArray<SlotAction> Actions) Measured(
        SlotState state, MetricPoint point)
    {
        _ = Attempt(state);
        var next = state with { Pending = state.Pending.Add(point) };
        return next.Pending.Count < PointsPerBatch ? (next, []) : Flush(next);
    }

    private static (SlotState State, ImmutableArray<SlotAction> Actions) Checkpointed(
        SlotState state, SlotInput.Checkpointed left)
    {
        var (flushed, actions) = Flush(state);
        var message = new FromSlot.Checkpointed(
            Attempt(state), left.Update, flushed.Batches, left.Path, left.Sha256, left.Length);
        return (flushed, actions.Add(new SlotAction.Send(message)));
    }

    private static (SlotState State, ImmutableArray<SlotAction> Actions) Ended(
        SlotState state, SlotInput.Ended ended)
    {
        var attempt = Attempt(state);
        var (flushed, actions) = Flush(state);
        var last = new FromSlot.Ended(
            attempt, ended.Outcome, ended.Reason, flushed.Batches, ended.Updates)
        {
            IsSourceUnreadable = ended.IsSourceUnreadable,
        };
        return (SlotState.Initial, actions.Add(new SlotAction.Send(last)));
    }

    private static (SlotState State, ImmutableArray<SlotAction> Actions) Flush(
        SlotState state, params ReadOnlySpan<FromSlot> then)
    {
        var actions = ImmutableArray.CreateBuilder<SlotAction>();
        if (!state.Pending.IsEmpty)
        {
            var number = state.Batches + 1;
            actions.Add(
                new SlotAction.Send(new FromSlot.Measured(Attempt(state), number, [.. state.Pending])));
            state = state with { Batches = number, Pending = ImmutableList<MetricPoint>.Empty };
        }

        foreach (var message in then)
        {
            actions.Add(new SlotAction.Send(message));
        }

        return (state, actions.ToImmutable());
    }

    private static AttemptId Attempt(SlotState state) =>
        state.Running ?? throw new UnreachableException("training speaks while no attempt runs");
}
