using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>
/// What every engine promises about workers, leases and attempts that nobody speaks for any more.
/// </summary>
public abstract class LeaseContract : EngineContract
{
    [Fact]
    public async Task A_store_gives_every_process_the_same_lease_times() =>
        (await OpenAnotherAsync()).LeaseTimes.ShouldBe(Engine.LeaseTimes);

    [Fact]
    public async Task A_worker_lives_from_its_joining_until_it_leaves()
    {
        var other = await OpenAnotherAsync();
        var joined = await Engine.JoinAsync("box_1", default);
        await using var second = await other.JoinAsync("box-2", default);
        (await other.LiveWorkersAsync(default)).ShouldBe(["box-2", "box_1"]);

        await joined.DisposeAsync();

        (await other.LiveWorkersAsync(default)).ShouldBe(["box-2"]);
        await (await other.JoinAsync("box_1", default)).DisposeAsync();
    }

    [Fact]
    public async Task A_name_that_a_living_worker_has_is_refused()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        var other = await OpenAnotherAsync();
        await Should.ThrowAsync<WorkerNameTakenException>(() => other.JoinAsync("w1", default));
        await Should.ThrowAsync<WorkerNameTakenException>(() => Engine.JoinAsync("w1", default));
        (await other.LiveWorkersAsync(default)).ShouldBe(["w1"]);
    }

    [Fact]
    public async Task An_attempt_of_a_living_worker_keeps_its_lease()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        await Submit(1);
        await Claim(2);
        await Advance(Engine.LeaseTimes.Lease * 0.75);

        (await Engine.LoseAbandonedAsync("demo", expiredToo: true, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_attempt_of_a_worker_that_left_is_lost_at_once_and_its_trial_waits_again()
    {
        var joined = await Engine.JoinAsync("w1", default);
        var other = await OpenAnotherAsync();
        await Submit(1);
        var attempt = await Claim(2);
        await joined.DisposeAsync();

        (await other.LoseAbandonedAsync("demo", expiredToo: false, default)).ShouldBe([attempt]);

        var state = await State();
        state.Waiting.ShouldContain(1);
        state.Trial(1).Attempts[0].Outcome.ShouldBe(AttemptOutcome.Lost);
        state.Trial(1).Attempts[0].Reason.ShouldContain("w1");
        (await Send(Given.Finish(3, attempt))).ShouldBe(new Decision.Rejected(Rejection.StaleAttempt));
        (await Engine.LoseAbandonedAsync("demo", expiredToo: true, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expired_lease_is_lost_only_when_asked_for()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        await Submit(1);
        var attempt = await Claim(2);
        await Advance(Engine.LeaseTimes.Lease + TimeSpan.FromMilliseconds(1));

        (await Engine.LoseAbandonedAsync("demo", expiredToo: false, default)).ShouldBeEmpty();
        (await Engine.LoseAbandonedAsync("demo", expiredToo: true, default)).ShouldBe([attempt]);
        (await State()).Trial(1).Attempts[0].Reason.ShouldStartWith("the lease ended at");
    }

    [Fact]
    public async Task A_renewed_lease_lasts_on_and_an_expired_one_may_still_be_renewed()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        await Submit(1);
        var attempt = await Claim(2);
        await Advance(Engine.LeaseTimes.Lease * 2);
        (await Engine.RenewAsync([attempt], default)).ShouldBeEmpty();
        await Advance(Engine.LeaseTimes.Lease / 2);

        (await Engine.LoseAbandonedAsync("demo", expiredToo: true, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_renewal_names_the_attempts_that_hold_no_lease()
    {
        await using var joined = await Engine.JoinAsync("w1", default);
        await Submit(1, trials: 4);
        var running = await Claim(2);
        var finished = await Claim(3);
        var lost = await Claim(4);
        var handedBack = await Claim(5);
        await Send(Given.Finish(6, finished));
        await Send(Given.Lose(7, lost));
        await Send(Given.HandBack(8, handedBack));

        var gone = await Engine.RenewAsync(
            [running, finished, lost, handedBack, running with { Number = 2 }, running with { Sweep = "x" }],
            default);

        gone.ShouldBe(
            [finished, lost, handedBack, running with { Number = 2 }, running with { Sweep = "x" }]);
    }

    [Fact]
    public async Task Renewals_are_no_events()
    {
        await Submit(1);
        var attempt = await Claim(2);
        var version = (await State()).Version;
        await Engine.RenewAsync([attempt], default);
        (await State()).Version.ShouldBe(version);
    }

    [Fact]
    public async Task Abandoned_attempts_of_another_sweep_are_left_alone()
    {
        await Submit(1);
        await Submit(2, besides: true);
        await Claim(3);
        var other = await Claim(4, sweep: "demo-2");
        await Advance(Engine.LeaseTimes.Grace);

        (await Engine.LoseAbandonedAsync("demo-2", expiredToo: false, default)).ShouldBe([other]);
        (await State()).Running.ShouldContainKey(1);
    }

    [Fact]
    public async Task Two_that_lose_the_same_attempt_at_once_lose_it_once()
    {
        var other = await OpenAnotherAsync();
        await Submit(1);
        var attempt = await Claim(2);
        await Advance(Engine.LeaseTimes.Grace);

        var lost = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? Engine : other).LoseAbandonedAsync("demo", expiredToo: false, default)));

        lost.SelectMany(l => l).ShouldBe([attempt]);
        (await State()).Trial(1).Attempts.ShouldHaveSingleItem();
    }
}
