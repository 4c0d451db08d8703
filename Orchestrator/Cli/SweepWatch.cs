using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Follows a sweep by reading its store; writes nothing.</summary>
/// <param name="store">The store.</param>
/// <param name="address">Where it is.</param>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="progress">How far it is.</param>
public sealed class SweepWatch(IStore store, StoreAddress address, string sweep, SweepProgress progress)
{
    /// <summary>What the foot of a live table says.</summary>
    public const string HowToLeave = "Ctrl-C ends the watching; the sweep goes on";

    private long _position;
    private SweepStanding? _said;

    /// <summary>The sweep as it was seen last; nothing before the first look.</summary>
    public SweepState? State { get; private set; }

    /// <summary>Shows the sweep until it has ended.</summary>
    /// <param name="display">Shows it.</param>
    /// <returns><see cref="ExitCode.Done"/>, or <see cref="ExitCode.Interrupted"/>.</returns>
    public Task<int> FollowAsync(IProgressDisplay display) =>
        Following.UntilOverAsync(store.LeaseTimes, () => LookAsync(display), display.Say);

    /// <summary>How a sweep ended and what to do next, in one sentence.</summary>
    public static string EndOf(SweepState state) => state.IsCancelled
        ? $"sweep {state.Name} is cancelled; ./sweep report {state.Name} compares what had ended"
        : $"every trial has its outcome; ./sweep report {state.Name} compares them";

    /// <summary>The exit code of whoever waited for the end of a sweep.</summary>
    public static int CodeOf(SweepState state) =>
        state.IsCancelled || state.Trials.Any(t => t.Outcome is Outcome.Failed)
            ? ExitCode.Failed
            : ExitCode.Done;

    private async Task<bool> LookAsync(IProgressDisplay display)
    {
        // The state first: what it says has ended has stored its last batch.
        var state = (await store.ReadAsync(sweep, CancellationToken.None))!;
        var stored = await store.ReadBatchesAsync(sweep, _position, CancellationToken.None);
        var workers = (await Serving.ReadAsync(store)).Of(sweep);
        State = state;
        _position = stored.Position;
        progress.Add(stored);
        display.Measured(stored);
        foreach (var batch in stored.Batches.Where(batch => batch.Damage.Length > 0))
        {
            display.Say(batch.DamageSentence);
        }

        SayStanding(display, state, Standing.Of(state, workers));
        var now = TimeProvider.System.GetUtcNow();
        display.Show(state, progress.Rows(state, now), now);
        return state.IsEnded;
    }

    private void SayStanding(IProgressDisplay display, SweepState state, SweepStanding standing)
    {
        if (standing == _said)
        {
            return;
        }

        var isFirst = _said is null;
        _said = standing;
        var sentence = standing switch
        {
            SweepStanding.Interrupted or SweepStanding.Waiting => ControlText.NextStep(state, [], address),
            SweepStanding.Paused => $"sweep {sweep} is paused; go on with ./sweep resume {sweep}",
            SweepStanding.Running when !isFirst => HowToLeave,
            _ => null,
        };
        if (sentence is not null)
        {
            display.Say(sentence);
        }
    }
}
