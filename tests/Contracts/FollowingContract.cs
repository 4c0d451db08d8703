using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Tests.Shared.Sweeps;
using Worker.Hosting;

namespace Tests.Contracts;

/// <summary>What a worker's look makes of trials that wait for another sweep's, on every engine.</summary>
public abstract class FollowingContract : EngineContract
{
    private const string Parent = "parent";
    private const string Child = "child";

    [Fact]
    public async Task A_trial_is_released_by_the_artifact_of_a_parent_that_ran_when_it_was_submitted()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        await SubmitAsync(Parent, Given.Plan(2));
        var running = await Claim(10, sweep: Parent);
        await SubmitAsync(Child, Given.Plan(2) with { From = new ParentSweep(Parent, ParentSweep.Model) });
        await Look();
        (await Send(Given.Claim(11), Child)).ShouldBe(new Decision.Rejected(Rejection.NothingToClaim));

        await StoreModel(running);
        await Look();
        (await State(Child)).Blocked.ShouldBe([1, 2], "its parent's trial has not ended");
        await Send(Given.Finish(12, running), Parent);
        await Look();
        await Look();

        (await State(Child)).Blocked.ShouldBe([2]);
        (await State(Child)).Trial(1).Parent.ShouldBe(new ParentArtifact(
            running, ParentSweep.Model, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        (await Claim(13, sweep: Child)).ShouldBe(Given.Attempt(1, sweep: Child));
    }

    [Theory]
    [InlineData(AttemptOutcome.Diverged)]
    [InlineData(AttemptOutcome.Failed)]
    public async Task A_trial_whose_parent_leaves_no_model_fails_and_so_does_what_follows_from_it(
        AttemptOutcome outcome)
    {
        await SubmitAsync(Parent, Given.Plan(1));
        await SubmitAsync(Child, Given.Plan(1) with { From = new ParentSweep(Parent, ParentSweep.Model) });
        await SubmitAsync("grandchild", Given.Plan(1) with { From = new ParentSweep(Child, ParentSweep.Model) });
        await Send(Given.Finish(11, await Claim(10, sweep: Parent), outcome), Parent);

        await Look();
        await Look();

        (await State(Child)).IsCompleted.ShouldBeTrue();
        (await State(Child)).Trial(1).Cause.ShouldBe(
            $"trial 1 of parent ended {outcome.ToString().ToLowerInvariant()} without model.safetensors");
        (await State("grandchild")).Trial(1).Cause.ShouldBe(
            "trial 1 of child ended failed without model.safetensors");
    }

    [Fact]
    public async Task A_trial_whose_parent_was_cancelled_fails_and_waits_again_when_both_are_run_again()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        await SubmitAsync(Parent, Given.Plan(2));
        await SubmitAsync(Child, Given.Plan(2) with { From = new ParentSweep(Parent, ParentSweep.Model) });
        await Send(new SweepCommand.CancelTrial(Given.Id(10), Given.At(10), 1), Parent);
        await Look();
        (await State(Child)).Trial(1).Cause.ShouldBe(
            "trial 1 of parent ended cancelled without model.safetensors");

        await Send(new SweepCommand.RetryTrial(Given.Id(11), Given.At(11), 1), Parent);
        await Send(new SweepCommand.RetryTrial(Given.Id(12), Given.At(12), 1), Child);
        await Look();
        (await State(Child)).Blocked.ShouldBe([1, 2]);
        var again = await Claim(13, sweep: Parent);
        await StoreModel(again);
        await Send(Given.Finish(14, again), Parent);
        await Look();

        (await Claim(15, sweep: Child)).Trial.ShouldBe(again.Trial);
    }

    [Fact]
    public async Task Trials_of_a_cancelled_parent_fail_and_added_ones_wait_for_theirs()
    {
        await SubmitAsync(Parent, Given.Plan(3));
        await SubmitAsync(Child, Given.Plan(2) with { From = new ParentSweep(Parent, ParentSweep.Model) });
        await Send(new SweepCommand.ExtendSweep(Given.Id(10), Given.At(10), Given.Addition(3, 3)), Child);
        await Look();
        (await State(Child)).Blocked.ShouldBe([1, 2, 3]);

        await Send(new SweepCommand.CancelSweep(Given.Id(11), Given.At(11)), Parent);
        await Look();

        (await State(Child)).Trials.ShouldAllBe(t => t.Outcome == Outcome.Failed);
        (await State(Child)).IsCompleted.ShouldBeTrue();
    }

    private Task<SubmitReply> SubmitAsync(string name, SweepPlan plan) => Engine.SubmitAsync(
        new Submission(Given.Id(name.Length), name, plan, Given.Program, BesideUnfinished: false), default);

    private Task StoreModel(AttemptId attempt) => Artifacts.PutAsync(
        new Artifact(attempt, ParentSweep.Model, "application/x-model", "abc"u8.ToArray()), default);

    /// <summary>A worker looks, as it does once a second.</summary>
    private Task Look() => new WorkerLook(
        sweep: null, Engine, new SweepReader(Engine, only: null, _ => { }), Artifacts, () => Given.At(99))
        .GoAsync(new WorkerAction.Look(ExpiredToo: false, []));
}
