using Shared.Sweeps;
using Tests.Contracts;

namespace Tests.Shared.Sweeps;

public sealed class SweepSimulationTests
{
    private const int Steps = 300;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_commands_never_break_what_always_holds(int seed)
    {
        var random = new Random(seed);
        var sent = new List<SweepCommand>();
        var state = Given.Sweep(trials: 1 + random.Next(8), retries: random.Next(3));
        for (var step = 1; step <= Steps; step++)
        {
            var command = Next(random, state, sent, step);
            var decision = Sweep.Decide(state, command);
            if (decision is Decision.Accepted accepted)
            {
                accepted.Events.ShouldNotBeEmpty();
                accepted.Events.ShouldAllBe(e => e.Command == command.Id && e.At == command.At);
                accepted.IsRepeat.ShouldBe(sent.Exists(c => c.Id == command.Id), $"seed {seed}, step {step}");
                state = accepted.IsRepeat ? state : Fold(state, accepted, sent, command);
            }

            Check(state, $"seed {seed}, step {step}, {command}");
        }
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

    private static SweepState Fold(
        SweepState state, Decision.Accepted accepted, List<SweepCommand> sent, SweepCommand command)
    {
        sent.Add(command);
        return accepted.Events.Aggregate(state, Sweep.Evolve);
    }

    private static SweepCommand Next(Random random, SweepState state, List<SweepCommand> sent, int step)
    {
        var id = 1_000 + step;
        var attempt = state.Running.IsEmpty || random.Next(10) == 0
            ? Given.Attempt(1 + random.Next(10), 1 + random.Next(3))   // perhaps stale, perhaps nonsense
            : state.Running.Values.ElementAt(random.Next(state.Running.Count));
        return random.Next(12) switch
        {
            0 when sent.Count > 0 => sent[random.Next(sent.Count)],
            1 => Given.HandBack(id, attempt),
            2 or 3 => Given.Lose(id, attempt),
            4 => Given.Finish(id, attempt, AttemptOutcome.Failed),
            5 => Given.Finish(id, attempt, (AttemptOutcome)random.Next(5)),
            _ => Given.Claim(id, $"w{random.Next(3)}"),
        };
    }

    private static void Check(SweepState state, string where)
    {
        var ended = state.Trials.Where(t => t.Outcome is not null).Select(t => t.Number);
        state.Waiting.Concat(state.Running.Keys).Concat(ended).Order()
            .ShouldBe(Enumerable.Range(1, state.Trials.Length), where);
        foreach (var trial in state.Trials)
        {
            var open = trial.Attempts.Where(a => a.Outcome is null).Select(a => a.Id).ToList();
            open.ShouldBe(state.Running.TryGetValue(trial.Number, out var running) ? [running] : [], where);
            trial.Attempts.Select(a => a.Id.Number)
                .ShouldBe(Enumerable.Range(1, trial.Attempts.Length), where);
            trial.Attempts.Count(a => a.Outcome is AttemptOutcome.Failed)
                .ShouldBeLessThanOrEqualTo(state.Plan!.Retries + 1, where);
        }

        state.IsCompleted.ShouldBe(state.Trials.All(t => t.Outcome is not null), where);
    }
}
