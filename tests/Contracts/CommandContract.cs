using System.Collections.Immutable;
using System.Text.Json;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>
/// What every engine promises about every command: accepted, repeated, sent from two processes at once, stale,
/// with its answer lost, and with a restart between any two.
/// </summary>
public abstract class CommandContract : EngineContract
{
    // Longer than any pause before a retry.
    private static readonly TimeSpan Pause = TimeSpan.FromHours(2);

    /// <summary>Every kind of command but the submission, in an order in which each is accepted.</summary>
    private static readonly ImmutableArray<SweepCommand> Script =
    [
        Given.Claim(2, "w1"),
        Given.Claim(3, "w2"),
        Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed),
        Given.Claim(5, "w1"),
        Given.Lose(6, Given.Attempt(2)),
        Given.Checkpoint(7, Given.Attempt(1, 2), update: 40, lastBatch: 2),
        Given.Finish(8, Given.Attempt(1, 2), lastBatch: 3),
        Given.Claim(9, "w1"),
        Given.HandBack(10, Given.Attempt(2, 2)),
        new SweepCommand.PauseSweep(Given.Id(11), Given.At(11), Now: true),
        new SweepCommand.ResumeSweep(Given.Id(12), Given.At(12)),
        new SweepCommand.ChangePriority(Given.Id(13), Given.At(13), 5),
        new SweepCommand.ChangeLimits(Given.Id(14), Given.At(14), new SweepLimits(3, TimeSpan.FromDays(3))),
        Given.Claim(15, "w2"),
        Given.Finish(16, Given.Attempt(2, 3), AttemptOutcome.Diverged),
        new SweepCommand.CancelTrial(Given.Id(17), Given.At(17), 3),
        new SweepCommand.RetryTrial(Given.Id(18), Given.At(18), 3),
        Given.Claim(19, "w1"),
        new SweepCommand.CancelTrial(Given.Id(20), Given.At(20), 3),
        new SweepCommand.ExtendSweep(Given.Id(21), Given.At(21), Given.Addition(4, 6)),
        Given.Claim(22, "w1"),
        new SweepCommand.CancelSweep(Given.Id(23), Given.At(23)),
    ];

    [Fact]
    public async Task A_submission_with_its_wishes_is_one_step_and_the_same_one_when_it_is_repeated()
    {
        var submission = new Submission(
            Given.Id(1), "demo", Given.Plan(2), Given.Program, BesideUnfinished: false, Priority: 4, IsPaused: true);
        await Engine.SubmitAsync(submission, default);
        (await (await OpenAnotherAsync()).SubmitAsync(submission, default)).ShouldBe(new SubmitReply.Submitted("demo"));

        var state = await State();
        (state.Version, state.Priority, state.IsPaused).ShouldBe((3, 4, true));
        var listed = (await Engine.ListAsync(default)).ShouldHaveSingleItem();
        (listed.Priority, listed.IsPaused).ShouldBe((4, true));
        (await Engine.ReadHistoryAsync("demo", 0, default)).Select(h => h.Event.Command).ShouldAllBe(
            id => id == submission.Id);
    }

    [Fact]
    public async Task Every_command_is_carried_out_once_however_often_and_from_wherever_it_is_sent()
    {
        await Begin();
        var other = await OpenAnotherAsync();
        foreach (var command in Script)
        {
            await Advance(Pause);
            var before = (await State()).Version;

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
                (i % 2 == 0 ? Engine : other).SendAsync("demo", command, default)));

            var accepted = answers.Select(a => a.ShouldBeOfType<Decision.Accepted>(command.ToString())).ToList();
            accepted.Count(a => !a.IsRepeat).ShouldBe(1, command.ToString());
            accepted.Select(Json).Distinct().ShouldHaveSingleItem(command.ToString());
            (await State()).Version.ShouldBe(before + accepted[0].Events.Length);
        }

        await ShouldBeTheWholeScript();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_given_again_by_a_process_that_starts_anew()
    {
        await Begin();
        foreach (var command in Script)
        {
            await Advance(Pause);
            var first = (await Send(command)).ShouldBeOfType<Decision.Accepted>(command.ToString());

            await ReopenAsync();

            var again = (await Send(command)).ShouldBeOfType<Decision.Accepted>(command.ToString());
            again.IsRepeat.ShouldBeTrue();
            Json(again).ShouldBe(Json(first));
        }

        await ShouldBeTheWholeScript();
    }

    [Fact]
    public async Task Every_command_that_speaks_for_a_replaced_attempt_is_refused_by_name()
    {
        await Submit(1, trials: 1);
        var stale = await Claim(2);
        await Send(Given.Lose(3, stale));
        await Advance(Pause);
        await Claim(4, worker: "w2");

        SweepCommand[] late =
        [
            Given.Finish(5, stale), Given.Lose(6, stale), Given.HandBack(7, stale),
            Given.Checkpoint(8, stale, update: 10),
        ];
        foreach (var command in late)
        {
            (await Send(command)).ShouldBe(new Decision.Rejected(Rejection.StaleAttempt), command.ToString());
        }
    }

    [Fact]
    public async Task A_checkpoint_is_refused_until_its_batches_are_stored()
    {
        await Submit(1);
        var attempt = await Claim(2);
        await Engine.StoreBatchesAsync([Given.Batch(attempt, 1)], default);

        (await Send(Given.Checkpoint(3, attempt, update: 10, lastBatch: 2)))
            .ShouldBe(new Decision.Rejected(Rejection.BatchesMissing));
        (await Send(Given.Checkpoint(3, attempt, update: 10, lastBatch: 1)))
            .ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task Slots_that_claim_together_get_a_trial_each()
    {
        await Submit(1, trials: 5);
        var places = Enumerable.Range(1, 3).Select(slot => Given.Place("w1", slot)).ToImmutableArray();

        var claimed = (Decision.Accepted)await Send(Given.Claim(2) with { Places = places });
        var rest = (Decision.Accepted)await Send(Given.Claim(3) with { Places = places });

        claimed.Events.Cast<SweepEvent.AttemptStarted>().Select(e => (e.Attempt.Trial, e.Place.Slot))
            .ShouldBe([(1, 1), (2, 2), (3, 3)]);
        rest.Events.Cast<SweepEvent.AttemptStarted>().Select(e => (e.Attempt.Trial, e.Place.Slot))
            .ShouldBe([(4, 1), (5, 2)]);
    }

    [Fact]
    public async Task A_list_says_what_was_paused_cancelled_and_preferred()
    {
        await Submit(1);
        await Send(new SweepCommand.ChangePriority(Given.Id(2), Given.At(2), -3));
        await Send(new SweepCommand.PauseSweep(Given.Id(3), Given.At(3), Now: false));
        (await Listed()).ShouldBe((-3, true, false, 2));
        await Send(new SweepCommand.ResumeSweep(Given.Id(4), Given.At(4)));
        await Send(new SweepCommand.ExtendSweep(Given.Id(5), Given.At(5), Given.Addition(3, 4)));
        (await Listed()).ShouldBe((-3, false, false, 4));
        await Send(new SweepCommand.CancelSweep(Given.Id(6), Given.At(6)));
        (await Listed()).ShouldBe((-3, false, true, 4));

        // A cancelled sweep stands in nobody's way.
        (await Submit(7)).ShouldBe(new SubmitReply.Submitted("demo-2"));
    }

    [Fact]
    public async Task A_change_by_a_person_wakes_those_who_wait()
    {
        await Submit(1);
        await Engine.WaitAsync(TimeSpan.FromSeconds(20), default);
        SweepCommand[] changes =
        [
            new SweepCommand.ChangePriority(Given.Id(2), Given.At(2), 1),
            new SweepCommand.PauseSweep(Given.Id(3), Given.At(3), Now: false),
            new SweepCommand.PauseSweep(Given.Id(4), Given.At(4), Now: true),
            new SweepCommand.ResumeSweep(Given.Id(5), Given.At(5)),
            new SweepCommand.ExtendSweep(Given.Id(6), Given.At(6), Given.Addition(3, 4)),
            new SweepCommand.CancelSweep(Given.Id(7), Given.At(7)),
        ];
        foreach (var change in changes)
        {
            var waiting = Engine.WaitAsync(TimeSpan.FromSeconds(20), default);
            await Send(change);
            (await waiting).ShouldBeTrue(change.ToString());
        }
    }

    private async Task Begin()
    {
        await Submit(1, trials: 3, retries: 1);
        await Engine.StoreBatchesAsync(
            [.. Enumerable.Range(1, 3).Select(n => Given.Batch(Given.Attempt(1, 2), n))], default);
    }

    private async Task ShouldBeTheWholeScript()
    {
        var history = await Engine.ReadHistoryAsync("demo", 0, default);
        history.Select(h => h.Event.Command).Distinct()
            .ShouldBe([Given.Id(1), .. Script.Select(command => command.Id)]);
        history.Select(h => h.Version).ShouldBe(Enumerable.Range(1, history.Length).Select(v => (long)v));
        StateJson.Of(await State()).ShouldBe(StateJson.Of(Sweep.Fold(history.Select(h => h.Event))));
        (await State()).IsCancelled.ShouldBeTrue();
    }

    private async Task<(int Priority, bool IsPaused, bool IsCancelled, int Trials)> Listed()
    {
        var listed = (await Engine.ListAsync(default))[0];
        return (listed.Priority, listed.IsPaused, listed.IsCancelled, listed.Trials);
    }

    private static string Json(Decision.Accepted accepted) =>
        JsonSerializer.Serialize(accepted.Events, SweepEventJson.Options);
}
