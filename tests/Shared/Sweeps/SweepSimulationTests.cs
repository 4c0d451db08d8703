using Shared.Sweeps;
using Tests.Contracts;

namespace Tests.Shared.Sweeps;

/// <summary>Random commands of every kind, and what holds whatever they are.</summary>
public sealed class SweepSimulationTests
{
    private const int Seeds = 60;
    private const int Steps = 400;
    private const int LeastOfEach = 20;

    [Fact]
    public void Random_commands_never_break_what_always_holds()
    {
        var met = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            Run(seed, met);
        }

        var kinds = typeof(SweepEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(SweepEvent)))
            .Select(t => t.Name)
            .Concat(Enum.GetNames<Rejection>().Where(r => r != nameof(Rejection.BatchesMissing)));
        kinds.Where(kind => met.GetValueOrDefault(kind) < LeastOfEach)
            .ShouldBeEmpty("every event and every reason of the aggregate is met often");
    }

    [Fact]
    public void A_history_folds_to_the_same_state_however_it_is_cut()
    {
        var history = Recorded.History();
        var whole = StateJson.Of(Sweep.Fold(history));
        for (var cut = 0; cut <= history.Count; cut++)
        {
            var part = Sweep.Fold(history.Take(cut));
            StateJson.Of(history.Skip(cut).Aggregate(part, Sweep.Evolve)).ShouldBe(whole);
        }
    }

    private static void Run(int seed, Dictionary<string, int> met)
    {
        var commands = new RandomCommands(seed);
        var history = new List<SweepEvent>();
        var state = SweepState.Initial;
        for (var step = 1; step <= Steps; step++)
        {
            var command = commands.Next(state, step);
            var where = $"seed {seed}, step {step}, {command}";
            switch (Sweep.Decide(state, command))
            {
                case Decision.Accepted accepted:
                    CheckEvents(state, command, accepted, commands.WasAccepted(command.Id), where);
                    if (!accepted.IsRepeat)
                    {
                        commands.Accepted(command);
                        history.AddRange(accepted.Events);
                        state = accepted.Events.Aggregate(state, Sweep.Evolve);
                        accepted.Events.ToList().ForEach(e => Count(met, e.GetType().Name));
                    }

                    break;
                case Decision.Rejected rejected:
                    Count(met, $"{rejected.Reason}");
                    break;
            }

            Check(state, where);
        }

        StateJson.Of(Sweep.Fold(history.Select(e => SweepEventJson.Read(SweepEventJson.Write(e)))))
            .ShouldBe(StateJson.Of(state), $"seed {seed}: a replay equals what was lived");
    }

    private static void Count(Dictionary<string, int> met, string what) =>
        met[what] = met.GetValueOrDefault(what) + 1;

    private static void CheckEvents(
        SweepState state, SweepCommand command, Decision.Accepted accepted, bool isKnown, string where)
    {
        accepted.Events.ShouldNotBeEmpty(where);
        accepted.Events.All(e => e.Command == command.Id).ShouldBeTrue(where);
        accepted.IsRepeat.ShouldBe(isKnown, where);
        if (accepted.IsRepeat)
        {
            return;
        }

        accepted.Events.All(e => e.At == command.At).ShouldBeTrue(where);
        accepted.Events.SkipLast(1).Any(e => e is SweepEvent.SweepCompleted or SweepEvent.SweepCancelled)
            .ShouldBeFalse($"an end is the end: {where}");
        foreach (var started in accepted.Events.OfType<SweepEvent.AttemptStarted>())
        {
            state.Waiting.ShouldContain(started.Attempt.Trial, where);
            state.Excluded.Keys.ShouldNotContain(started.Place.Worker, where);
            (started.From is null || state.Trial(started.Attempt.Trial).Counted
                .Any(a => a.Checkpoint == started.From || a.EarlierCheckpoint == started.From)).ShouldBeTrue(where);
        }

        foreach (var excluded in accepted.Events.OfType<SweepEvent.WorkerExcluded>())
        {
            state.Trials.SelectMany(t => t.Attempts).Select(a => a.Place.Worker)
                .Except(state.Excluded.Keys, StringComparer.Ordinal)
                .Any(w => w != excluded.Worker).ShouldBeTrue($"one is left: {where}");
        }
    }

    private static void Check(SweepState state, string where)
    {
        var ended = state.Trials.Where(t => t.Outcome is not null).Select(t => t.Number).ToList();
        state.Waiting.Concat(state.Running.Keys).Concat(state.Blocked).Concat(ended).Order()
            .SequenceEqual(Enumerable.Range(1, state.Trials.Length)).ShouldBeTrue(where);
        foreach (var trial in state.Trials)
        {
            Check(state, trial, where);
        }

        state.Plan?.Trials.Length.ShouldBe(state.Trials.Length, where);
        state.IsEnded.ShouldBe(state.Plan is not null && ended.Count == state.Trials.Length, where);
        (state.IsCompleted && (state.IsCancelled || state.IsPaused)).ShouldBeFalse(where);
        (state.HandsBack && !state.IsPaused).ShouldBeFalse(where);
        state.Spent.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero, where);
        state.Limits.IsValid.ShouldBeTrue(where);
    }

    private static void Check(SweepState state, TrialState trial, string where)
    {
        var open = trial.Attempts.Where(a => a.Outcome is null).Select(a => a.Id).ToList();
        open.SequenceEqual(state.Running.TryGetValue(trial.Number, out var running) ? [running] : [])
            .ShouldBeTrue(where);
        trial.Attempts.Select(a => a.Id.Number).SequenceEqual(Enumerable.Range(1, trial.Attempts.Length))
            .ShouldBeTrue(where);
        Count(trial, a => a is { Outcome: AttemptOutcome.Failed, IsFalseStart: false, IsCheckpointUnreadable: false })
            .ShouldBeLessThanOrEqualTo(state.Plan!.Retries + 1, where);
        Count(trial, a => a is { Outcome: AttemptOutcome.Failed, IsFalseStart: true })
            .ShouldBeLessThanOrEqualTo(RetryRules.FalseStartCeiling, where);
        Count(trial, a => a.Outcome is AttemptOutcome.Lost)
            .ShouldBeLessThanOrEqualTo(RetryRules.LostAttemptCeiling, where);
        Count(trial, a => a.Outcome is AttemptOutcome.Completed or AttemptOutcome.Diverged)
            .ShouldBe(trial.Outcome is Outcome.Completed or Outcome.Diverged ? 1 : 0, where);
        (trial.Outcome is null && trial.Cause.Length > 0).ShouldBeFalse(where);
    }

    private static int Count(TrialState trial, Func<AttemptState, bool> isOne) => trial.Counted.Count(isOne);
}
