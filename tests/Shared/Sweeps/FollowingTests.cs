using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>Trials that wait for an artifact of another sweep's trial.</summary>
public sealed class FollowingTests
{
    private const string Model = "model.safetensors";

    [Fact]
    public void A_trial_waits_until_its_parents_trial_has_ended() =>
        Verdicts(Parent(), Artifact(1)).ShouldBeEmpty();

    [Fact]
    public void A_trial_is_released_by_the_artifact_of_the_same_configuration_and_replicate()
    {
        var verdict = Verdicts(Parent(finished: 1), Artifact(1), Artifact(2)).Single();

        verdict.ShouldBe(new FollowingVerdict.Release(
            1, new ParentArtifact(Given.Attempt(1, sweep: "parent"), Model, "0001")));
    }

    [Fact]
    public void A_trial_whose_parent_ended_without_the_artifact_fails_and_names_it()
    {
        var verdict = Verdicts(Parent(finished: 2), Artifact(1)).Single().ShouldBeOfType<FollowingVerdict.Fail>();

        verdict.ShouldBe(new FollowingVerdict.Fail(2, $"trial 2 of parent ended completed without {Model}"));
    }

    [Fact]
    public void An_artifact_of_another_name_or_of_an_earlier_attempt_does_not_count()
    {
        var other = Artifact(1) with { Name = "samples.png" };
        var earlier = Artifact(1) with { Attempt = Given.Attempt(1, 7, "parent") };

        Verdicts(Parent(finished: 1), other, earlier).Single().ShouldBeOfType<FollowingVerdict.Fail>();
    }

    [Fact]
    public void Where_configurations_differ_a_trial_follows_the_only_one_of_its_replicate()
    {
        var parent = Parent(finished: 2);
        var one = parent with { Trials = [.. parent.Trials.Select(t => t with { Configuration = "other" })] };
        Verdicts(one, Artifact(2)).Single().ShouldBeOfType<FollowingVerdict.Release>().Trial.ShouldBe(2);

        var two = one with
        {
            Trials = [.. one.Trials, .. one.Trials.Select(t => t with { Configuration = "another" })],
        };
        Verdicts(two, Artifact(2)).ShouldAllBe(v => v is FollowingVerdict.Fail);
        Verdicts(two, Artifact(2)).Count.ShouldBe(2);
    }

    [Fact]
    public void Without_the_parent_every_waiting_trial_fails() =>
        Following.Of(Child(), parent: null, []).ShouldBe(
        [
            new FollowingVerdict.Fail(1, $"there is no sweep parent, whose artifact {Model} it needs"),
            new FollowingVerdict.Fail(2, $"there is no sweep parent, whose artifact {Model} it needs"),
        ]);

    [Fact]
    public void A_sweep_that_follows_from_none_has_no_verdicts() =>
        Following.Of(Given.Sweep(2), Parent(finished: 1), [Artifact(1)]).ShouldBeEmpty();

    [Fact]
    public void A_trial_follows_the_one_that_was_fixed_for_it_whatever_the_parent_gained_since()
    {
        var parent = Parent(finished: 2);
        var grown = parent with { Trials = [.. parent.Trials, .. parent.Trials] };
        var plan = Child().Plan!;
        var fixedToTwo = Child() with
        {
            Plan = plan with { Trials = [.. plan.Trials.Select(t => t with { Follows = 2 })] },
        };

        Following.Of(fixedToTwo, grown, [Artifact(2)]).ShouldBe(
        [
            new FollowingVerdict.Release(1, new ParentArtifact(Given.Attempt(2, sweep: "parent"), Model, "0002")),
            new FollowingVerdict.Release(2, new ParentArtifact(Given.Attempt(2, sweep: "parent"), Model, "0002")),
        ]);
    }

    [Fact]
    public void Verdicts_are_commands_that_the_sweep_accepts()
    {
        var state = Child();
        var release = new SweepCommand.ReleaseTrial(
            Given.Id(9), Given.At(9), 1, new ParentArtifact(Given.Attempt(1, sweep: "parent"), Model, "0001"));

        Sweep.Decide(state, release).ShouldBeOfType<Decision.Accepted>();
        Sweep.Decide(state, new SweepCommand.FailWaitingTrial(Given.Id(8), Given.At(9), 2, "no"))
            .ShouldBeOfType<Decision.Accepted>();
    }

    private static List<FollowingVerdict> Verdicts(SweepState parent, params ImmutableArray<ArtifactEntry> artifacts) =>
        [.. Following.Of(Child(), parent, artifacts)];

    private static SweepState Child() => Sweep.Fold(
    [
        Given.Submitted(2) with { Plan = Given.Plan(2) with { From = new ParentSweep("parent", Model) } },
    ]);

    private static SweepState Parent(int? finished = null)
    {
        var state = Sweep.Fold([Given.Submitted(2) with { Name = "parent" }]);
        return finished is not { } number
            ? state
            : state with
            {
                Trials = state.Trials.SetItem(number - 1, state.Trial(number) with
                {
                    Outcome = Outcome.Completed,
                    Attempts =
                    [
                        new AttemptState(
                            Given.Attempt(number, sweep: "parent"), Given.Place("w"), Given.Environment(),
                            Given.At(1), Given.At(2), AttemptOutcome.Completed, "", "", 0),
                    ],
                }),
            };
    }

    private static ArtifactEntry Artifact(int trial) =>
        new(Given.Attempt(trial, sweep: "parent"), Model, "x/y", $"{trial:x4}", 3);
}
