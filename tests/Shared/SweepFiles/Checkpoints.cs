using Shared.Execution;
using Shared.Sweeps;
using Tests.Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

public sealed class Checkpoints
{
    [Fact]
    public void A_file_says_how_many_updates_lie_between_two_checkpoints()
    {
        var plan = Parsed(Quickstart + "\ncheckpoint: {every_updates: 250}").Plan;
        plan.Checkpoint.ShouldBe(new SweepCheckpoints(250));
        TrialStart.Of(plan, new AttemptId("s", 2, 1)).CheckpointEvery.ShouldBe(250);
        Parsed(plan.Spec).Plan.Checkpoint.ShouldBe(plan.Checkpoint, "canonical JSON says the same");
    }

    [Fact]
    public void A_file_without_the_key_says_what_it_always_said()
    {
        var plan = Parsed(Quickstart).Plan;
        plan.Checkpoint.ShouldBeNull();
        plan.Spec.ShouldNotContain("checkpoint");
        TrialStart.Of(plan, new AttemptId("s", 2, 1)).CheckpointEvery.ShouldBeNull();
        SweepEventJson.Write(Given.Submitted(1)).ShouldNotContain("checkpoint");
    }

    [Fact]
    public void Another_distance_is_a_changed_key_and_survives_in_the_first_event()
    {
        var before = Parsed(Quickstart + "\ncheckpoint: {every_updates: 250}").Plan;
        var after = Parsed(Quickstart + "\ncheckpoint: {every_updates: 300}").Plan;
        CanonicalSpec.ChangedKeys(before.Spec, after.Spec).ShouldBe(["checkpoint.every_updates"]);

        var json = SweepEventJson.Write(Given.Submitted(1) with
        {
            Plan = Given.Plan(1) with { Checkpoint = after.Checkpoint },
        });
        json.ShouldContain("\"checkpoint\":{\"everyUpdates\":300}");
        ((SweepEvent.SweepSubmitted)SweepEventJson.Read(json)).Plan.Checkpoint.ShouldBe(after.Checkpoint);
    }

    [Theory]
    [InlineData("250", "checkpoint: found 250, expected {every_updates: UPDATES}")]
    [InlineData("{every_updates: 0}", "checkpoint.every_updates: found 0, expected a whole number from 1 to 10000000")]
    [InlineData("{}", "checkpoint: found keys, expected {every_updates: UPDATES}")]
    public void What_is_no_distance_is_refused_by_its_place(string value, string problem) =>
        Problems(Quickstart + $"\ncheckpoint: {value}").ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void A_hyphen_for_the_underscore_is_an_unknown_key_and_the_right_one_is_named() =>
        Problems(Quickstart + "\ncheckpoint: {every-updates: 9}").ShouldHaveSingleItem().ShouldContain(
            "checkpoint.every-updates: found an unknown key, expected every_updates perhaps");
}
