using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>Which sweep a worker serves next, and why one gives it nothing.</summary>
public sealed class WhyIdleTests
{
    [Fact]
    public void Sweeps_are_served_by_priority_and_then_by_age_and_ended_ones_never()
    {
        SweepSummary[] sweeps =
        [
            Summary("old"), Summary("done") with { IsCompleted = true },
            Summary("urgent") with { Priority = 2 }, Summary("cancelled") with { IsCancelled = true },
            Summary("later"), Summary("urgent-too") with { Priority = 2 },
            Summary("last") with { Priority = -1, IsPaused = true },
        ];

        SweepOrder.Of(sweeps).Select(s => s.Name)
            .ShouldBe(["urgent", "urgent-too", "old", "later", "last"]);
    }

    [Fact]
    public void Every_refusal_of_a_claim_is_a_sentence_that_names_the_sweep()
    {
        Rejection[] refusals =
        [
            Rejection.SweepEnded, Rejection.SweepPaused, Rejection.NothingToClaim, Rejection.ProgramMismatch,
            Rejection.WorkerExcluded, Rejection.RequirementsUnmet, Rejection.ConcurrencyReached,
            Rejection.BudgetSpent, Rejection.NotYet,
        ];
        var sentences = refusals.Select(r => Sentence(Given.Sweep(1), r)).ToList();

        sentences.ShouldAllBe(s => s.StartsWith("demo: ", StringComparison.Ordinal) && s.Length > 12);
        sentences.Distinct().Count().ShouldBe(refusals.Length);
    }

    [Fact]
    public void What_a_worker_lacks_is_said_with_what_it_has()
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty.Add("rack", "a");
        var state = Sweep.Fold(
        [
            Given.Submitted(1) with { Plan = Given.Plan(1) with { Requirements = new(labels, null, null) } },
        ]);

        Sentence(state, Rejection.RequirementsUnmet)
            .ShouldBe("demo: the sweep wants the label rack=a, this worker has no rack");
        Sentence(Given.Sweep(1), Rejection.ProgramMismatch).ShouldContain(Given.Program);
    }

    [Fact]
    public void Waiting_helps_against_some_refusals_only()
    {
        WhyIdle.IsForGood(Rejection.ProgramMismatch).ShouldBeTrue();
        WhyIdle.IsForGood(Rejection.RequirementsUnmet).ShouldBeTrue();
        WhyIdle.IsForGood(Rejection.NotYet).ShouldBeFalse();
        WhyIdle.IsForGood(Rejection.SweepPaused).ShouldBeFalse();
    }

    private static string Sentence(SweepState state, Rejection reason) =>
        WhyIdle.Sentence(state, reason, "w1", Given.Environment("other"), WorkerOffer.Nothing);

    private static SweepSummary Summary(string name) => new(
        name, "toy", Given.Noon, IsCompleted: false, IsPaused: false, IsCancelled: false, Priority: 0,
        Trials: 1, Waiting: 1, Running: 0);
}
