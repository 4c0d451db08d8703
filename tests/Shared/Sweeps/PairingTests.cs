using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>Which trial of a parent each trial of a sweep follows.</summary>
public sealed class PairingTests
{
    private static readonly SweepPlan Child =
        Given.Plan(4) with { From = new ParentSweep("parent", ParentSweep.Model) };

    [Fact]
    public void A_sweep_that_names_no_parent_stays_as_it_is()
    {
        var plan = Given.Plan(2);

        Paired(Pairing.OfSubmission(plan, parent: null)).ShouldBe([null, null]);
        Paired(Pairing.OfExtension(plan, plan.Trials, parent: null)).ShouldBe([null, null]);
    }

    [Fact]
    public void A_trial_follows_the_one_of_its_configuration_and_replicate() =>
        Paired(Pairing.OfSubmission(Child, Parent(Given.Plan(6).Trials))).ShouldBe([1, 2, 3, 4]);

    [Fact]
    public void Where_configurations_differ_a_trial_follows_the_only_one_of_its_replicate() =>
        Paired(Pairing.OfSubmission(Child, Parent(Of("other", 1, 2)))).ShouldBe([1, 2, 1, 2]);

    [Fact]
    public void A_parent_that_is_not_there_or_of_another_experiment_is_refused()
    {
        Refused(Pairing.OfSubmission(Child, parent: null))
            .ShouldBe("from.sweep: there is no sweep parent in the store");

        var jem = Parent(Given.Plan(4).Trials);
        Refused(Pairing.OfSubmission(Child, jem with { Plan = jem.Plan! with { Experiment = "jem" } }))
            .ShouldStartWith("from.sweep: parent is a sweep of jem, and a parent of toy is needed");
    }

    [Fact]
    public void A_trial_that_two_trials_or_none_could_be_the_parent_of_is_named()
    {
        var two = Parent([.. Of("other", 1, 2), .. Of("third", 1, 2)]);

        Refused(Pairing.OfSubmission(Child, two)).ShouldBe(
            $"from.sweep: parent has no trial of configuration {Child.Trials[0].Configuration} and replicate 1, "
            + "which trial 1 would follow from, nor one trial alone of that replicate");
        Refused(Pairing.OfSubmission(Child, Parent(Of("other", 1)))).ShouldContain(
            "and replicate 2, which trial 2 would follow from");
    }

    [Fact]
    public void Trials_that_are_added_follow_as_the_first_ones_do()
    {
        var added = Given.Plan(6).Trials[4..];

        Paired(Pairing.OfExtension(Child, added, Parent(Given.Plan(6).Trials))).ShouldBe([5, 6]);
        Paired(Pairing.OfExtension(Child, added, Parent(Of("other", 1, 2)))).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_parent_that_gained_configurations_since_is_followed_where_it_was_followed()
    {
        var before = Parent(Of("other", 1, 2));
        var child = Child with { Trials = [.. Trials(Pairing.OfSubmission(Child, before))] };
        var since = Parent([.. Of("other", 1, 2), .. Of("third", 1, 2, 3), .. Of("other", 3)]);

        Paired(Pairing.OfExtension(child, Of(child.Trials[0].Configuration, 3), since)).ShouldBe([6]);
        Paired(Pairing.OfExtension(child, Of("fourth", 1, 2), since)).ShouldBe([1, 2]);
        Refused(Pairing.OfExtension(child, Of("fourth", 4), since)).ShouldBe(
            "parent has no trial of configuration fourth and replicate 4, which trial 1 would follow from, nor one "
            + "of configuration other, which its others follow from; extend parent by it first, with ./sweep extend "
            + "parent");
    }

    [Fact]
    public void An_extension_whose_parent_lacks_a_trial_is_refused_by_name() =>
        Refused(Pairing.OfExtension(Child, Given.Plan(6).Trials[4..], Parent(Given.Plan(5).Trials))).ShouldBe(
            $"parent has no trial of configuration {Given.Plan(6).Trials[5].Configuration} and replicate 2, which "
            + "trial 6 would follow from, nor one trial alone of that replicate; extend parent by it first, with "
            + "./sweep extend parent");

    [Fact]
    public void What_a_trial_follows_is_in_its_event_and_a_trial_without_a_parent_says_nothing_of_it()
    {
        var submitted = Given.Submitted(2);
        var follows = submitted with
        {
            Plan = Given.Plan(2) with { Trials = [Given.Plan(2).Trials[0] with { Follows = 3 }] },
        };

        SweepEventJson.Write(submitted).ShouldNotContain("follows");
        ((SweepEvent.SweepSubmitted)SweepEventJson.Read(SweepEventJson.Write(follows)))
            .Plan.Trials[0].Follows.ShouldBe(3);
    }

    private static ImmutableArray<PlannedTrial> Of(string configuration, params int[] replicates) =>
        [.. replicates.Select((replicate, index) => new PlannedTrial(index + 1, configuration, replicate))];

    private static SweepState Parent(ImmutableArray<PlannedTrial> trials) => Sweep.Fold(
    [
        new SweepEvent.SweepSubmitted(
            Given.Id(1), Given.At(0), "parent",
            Given.Plan(2) with { Trials = [.. trials.Select((t, i) => t with { Number = i + 1 })] },
            Given.Program),
    ]);

    private static ImmutableArray<PlannedTrial> Trials(PairingResult result) =>
        result.ShouldBeOfType<PairingResult.Paired>().Trials;

    private static IEnumerable<int?> Paired(PairingResult result) => Trials(result).Select(t => t.Follows);

    private static string Refused(PairingResult result) =>
        result.ShouldBeOfType<PairingResult.Refused>().Reason;
}
