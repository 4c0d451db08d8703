using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>What every engine promises about sweeps, commands, leases and metrics.</summary>
public abstract class CoordinatorContract : EngineContract
{
    [Fact]
    public async Task A_submitted_sweep_is_listed_and_read()
    {
        (await Submit(1, trials: 4)).ShouldBe(new SubmitReply.Submitted("demo"));

        var listed = (await Engine.ListAsync(default)).ShouldHaveSingleItem();
        var state = await State();
        listed.ShouldBe(new SweepSummary(
            "demo", "toy", state.SubmittedAt,
            IsCompleted: false, IsPaused: false, IsCancelled: false, Priority: 0, Trials: 4, Waiting: 4, Running: 0));
        state.Waiting.ShouldBe([1, 2, 3, 4]);
        state.Plan!.Configurations[1].Swept["sampler.step_size"].Json.ShouldBe("2");
    }

    [Fact]
    public async Task A_list_counts_what_waits_and_what_runs()
    {
        await Submit(1, trials: 3);
        var attempt = await Claim(2);
        await Claim(3);
        (await Engine.ListAsync(default))[0].ShouldSatisfyAllConditions(
            listed => listed.Waiting.ShouldBe(1), listed => listed.Running.ShouldBe(2));

        await Send(Given.Finish(4, attempt));
        (await Engine.ListAsync(default))[0].ShouldSatisfyAllConditions(
            listed => listed.Waiting.ShouldBe(1), listed => listed.Running.ShouldBe(1));
    }

    [Fact]
    public async Task A_sweep_that_does_not_exist_has_no_state_and_takes_no_command()
    {
        (await Engine.ReadAsync("nobody", default)).ShouldBeNull();
        (await Send(Given.Claim(2), "nobody")).ShouldBe(new Decision.Rejected(Rejection.UnknownSweep));
    }

    [Fact]
    public async Task The_same_file_again_gets_the_next_name_once_the_sweep_is_completed()
    {
        await Submit(1);
        await Complete("demo");
        (await Submit(2)).ShouldBe(new SubmitReply.Submitted("demo-2"));
        await Complete("demo-2");
        (await Submit(3)).ShouldBe(new SubmitReply.Submitted("demo-3"));

        (await Engine.ListAsync(default)).Select(s => (s.Name, s.IsCompleted))
            .ShouldBe([("demo", true), ("demo-2", true), ("demo-3", false)]);
    }

    [Fact]
    public async Task The_same_file_again_is_refused_while_the_sweep_is_unfinished()
    {
        await Submit(1);

        var reply = (await Submit(2)).ShouldBeOfType<SubmitReply.Unfinished>();

        reply.Sweep.ShouldBe("demo");
        reply.ChangedKeys.ShouldBeEmpty();
        (await Engine.ListAsync(default)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_file_is_refused_with_what_changed_while_the_sweep_is_unfinished()
    {
        await Submit(1);

        var reply = (await Submit(2, seed: 7, program: "program-2")).ShouldBeOfType<SubmitReply.Unfinished>();

        reply.ChangedKeys.ShouldBe(["program", "seed"]);
    }

    [Fact]
    public async Task A_submission_beside_an_unfinished_sweep_gets_the_next_name()
    {
        await Submit(1);
        (await Submit(2, besides: true)).ShouldBe(new SubmitReply.Submitted("demo-2"));
    }

    [Fact]
    public async Task A_repeated_submission_gets_the_first_answer()
    {
        await Submit(1);
        (await Submit(1)).ShouldBe(new SubmitReply.Submitted("demo"));
        await ReopenAsync();
        (await Submit(1)).ShouldBe(new SubmitReply.Submitted("demo"));

        (await Engine.ListAsync(default)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_trial_is_claimed_reported_and_finished()
    {
        await Submit(1, trials: 1);
        var attempt = await Claim(2);
        await Engine.StoreBatchesAsync([Given.Batch(attempt, 1), Given.Batch(attempt, 2)], default);

        await Send(Given.Finish(3, attempt, lastBatch: 2));

        var state = await State();
        state.IsCompleted.ShouldBeTrue();
        state.Trial(1).Outcome.ShouldBe(Outcome.Completed);
        state.Trial(1).Attempts[0].LastBatch.ShouldBe(2);
        (await Engine.ListAsync(default))[0].IsCompleted.ShouldBeTrue();
        (await Engine.RenewAsync([attempt], default)).ShouldBe([attempt]);
    }

    [Fact]
    public async Task A_finish_is_refused_until_its_batches_are_stored()
    {
        await Submit(1);
        var attempt = await Claim(2);
        await Engine.StoreBatchesAsync([Given.Batch(attempt, 1), Given.Batch(attempt, 3)], default);

        (await Send(Given.Finish(3, attempt, lastBatch: 3)))
            .ShouldBe(new Decision.Rejected(Rejection.BatchesMissing));
        (await State()).Running.ShouldContainKey(1);

        await Engine.StoreBatchesAsync([Given.Batch(attempt, 2)], default);
        (await Send(Given.Finish(3, attempt, lastBatch: 3))).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task A_report_from_a_replaced_attempt_is_refused()
    {
        await Submit(1);
        var first = await Claim(2);
        await Send(Given.Lose(3, first));
        var second = await Claim(4);
        second.ShouldBe(first with { Number = 2 });

        (await Send(Given.Finish(5, first))).ShouldBe(new Decision.Rejected(Rejection.StaleAttempt));
        (await State()).Running[1].ShouldBe(second);
    }

    [Fact]
    public async Task A_repeated_command_gets_the_first_answer_and_adds_nothing()
    {
        await Submit(1);
        var attempt = await Claim(2);
        var version = (await State()).Version;

        (await Claim(2)).ShouldBe(attempt);
        await ReopenAsync();
        (await Claim(2)).ShouldBe(attempt);

        (await State()).Version.ShouldBe(version);
    }

    [Fact]
    public async Task A_rejection_is_not_remembered()
    {
        await Submit(1, trials: 1);
        var attempt = await Claim(2);
        (await Send(Given.Claim(3))).ShouldBe(new Decision.Rejected(Rejection.NothingToClaim));
        await Send(Given.HandBack(4, attempt));

        (await Claim(3)).Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_state_is_the_same_after_the_store_was_reopened()
    {
        await Submit(1, trials: 3, retries: 1);
        await Send(Given.Finish(3, await Claim(2), AttemptOutcome.Failed));
        await Send(Given.Finish(5, await Claim(4), AttemptOutcome.Diverged));
        await Send(Given.Lose(7, await Claim(6)));
        await Send(Given.HandBack(9, await Claim(8)));
        var before = StateJson.Of(await State());

        await ReopenAsync();

        StateJson.Of(await State()).ShouldBe(before);
    }

    [Fact]
    public async Task Batches_are_read_in_the_order_in_which_they_were_stored()
    {
        await Submit(1);
        var one = await Claim(2);
        var two = await Claim(3);
        await Engine.StoreBatchesAsync([Given.Batch(two, 1), Given.Batch(one, 1, double.NaN)], default);
        await Engine.StoreBatchesAsync([Given.Batch(two, 2, double.NegativeInfinity)], default);

        var first = await Engine.ReadBatchesAsync("demo", 0, default);
        first.Batches.Select(b => (b.Attempt, b.Number)).ShouldBe([(two, 1), (one, 1), (two, 2)]);
        first.Batches[1].Points.Select(p => p.Value).ShouldAllBe(v => double.IsNaN(v));
        first.Batches[2].Points.ShouldBe(Given.Batch(two, 2, double.NegativeInfinity).Points);

        (await Engine.ReadBatchesAsync("demo", first.Position, default)).Batches.ShouldBeEmpty();
        await Engine.StoreBatchesAsync([Given.Batch(one, 2)], default);
        var rest = await Engine.ReadBatchesAsync("demo", first.Position, default);
        rest.Batches.ShouldHaveSingleItem().Number.ShouldBe(2);
        rest.Position.ShouldBeGreaterThan(first.Position);
    }

    [Fact]
    public async Task A_batch_that_is_stored_twice_stays_as_it_was_first()
    {
        await Submit(1);
        var attempt = await Claim(2);
        await Engine.StoreBatchesAsync([Given.Batch(attempt, 1, 0.25)], default);
        await Engine.StoreBatchesAsync([Given.Batch(attempt, 1, 0.75), Given.Batch(attempt, 2)], default);

        var stored = await Engine.ReadBatchesAsync("demo", 0, default);

        stored.Batches.Select(b => b.Number).ShouldBe([1, 2]);
        stored.Batches[0].Points[0].Value.ShouldBe(0.25);
    }

    [Fact]
    public async Task Batches_of_a_sweep_that_does_not_exist_are_refused()
    {
        await Submit(1);
        await Should.ThrowAsync<ArgumentException>(
            () => Engine.StoreBatchesAsync([Given.Batch(Given.Attempt(1, sweep: "nobody"), 1)], default));
    }

    [Fact]
    public async Task Claims_of_two_instances_never_meet()
    {
        const int Trials = 100;
        await Submit(1, trials: Trials);
        var other = await OpenAnotherAsync();
        var next = 1;

        async Task<List<AttemptId>> ClaimAll(ICoordinator engine)
        {
            var claimed = new List<AttemptId>();
            while (await engine.SendAsync("demo", Given.Claim(Interlocked.Increment(ref next)), default)
                is Decision.Accepted accepted)
            {
                claimed.Add(((SweepEvent.AttemptStarted)accepted.Events[0]).Attempt);
            }

            return claimed;
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => Task.Run(() => ClaimAll(i % 2 == 0 ? Engine : other))));

        claims.SelectMany(c => c).Select(a => a.Trial).Order().ShouldBe(Enumerable.Range(1, Trials));
        claims.SelectMany(c => c).ShouldAllBe(a => a.Number == 1);
        StateJson.Of(await State()).ShouldBe(StateJson.Of((await other.ReadAsync("demo", default))!));
    }

    [Fact]
    public async Task One_instance_sees_what_another_has_done()
    {
        var other = await OpenAnotherAsync();
        await Submit(1);
        (await other.ReadAsync("demo", default))!.Version.ShouldBe(1);
        var attempt = await Claim(2);

        var finished = await other.SendAsync("demo", Given.Finish(3, attempt), default);

        finished.ShouldBeOfType<Decision.Accepted>();
        (await State()).Trial(1).Outcome.ShouldBe(Outcome.Completed);
        (await Send(Given.Finish(4, attempt))).ShouldBe(new Decision.Rejected(Rejection.StaleAttempt));
    }

    [Fact]
    public async Task Many_writes_at_once_from_two_instances_are_all_kept()
    {
        await Submit(1, trials: 8);
        var other = await OpenAnotherAsync();
        var attempts = new List<AttemptId>();
        for (var i = 0; i < 8; i++)
        {
            attempts.Add(await Claim(100 + i));
        }

        await Task.WhenAll(attempts.SelectMany((attempt, i) => Enumerable.Range(1, 20).Select(number =>
            (i % 2 == 0 ? Engine : other).StoreBatchesAsync([Given.Batch(attempt, number)], default))));
        await Task.WhenAll(attempts.Select((attempt, i) =>
            (i % 2 == 0 ? other : Engine)
                .SendAsync("demo", Given.Finish(200 + i, attempt, lastBatch: 20), default)));

        (await State()).IsCompleted.ShouldBeTrue();
        (await Engine.ReadBatchesAsync("demo", 0, default)).Batches.Length.ShouldBe(160);
    }

    [Fact]
    public async Task The_batches_of_an_attempt_come_in_their_order_and_no_others_with_them()
    {
        await Submit(1, trials: 2);
        var first = await Claim(2);
        var second = await Claim(3);
        await Engine.StoreBatchesAsync([Given.Batch(first, 2, 2)], default);
        await Engine.StoreBatchesAsync([Given.Batch(second, 1, 9)], default);
        await Engine.StoreBatchesAsync([Given.Batch(first, 1, 1)], default);

        var read = await Engine.ReadBatchesAsync(first, default);

        read.Select(b => (b.Attempt, b.Number)).ShouldBe([(first, 1), (first, 2)]);
        read[0].Points.ShouldBe(Given.Batch(first, 1, 1).Points);
        (await Engine.ReadBatchesAsync(Given.Attempt(2, 7), default)).ShouldBeEmpty();
    }
}
