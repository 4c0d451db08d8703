using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Shared.Execution;

public sealed class LeaseBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly AttemptId Attempt = new("s", 1, 1);

    [Fact]
    public void The_default_times_are_those_of_the_architecture() => LeaseTimes.Default.ShouldBe(
        new LeaseTimes(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(15)));

    [Fact]
    public void A_renewal_is_due_one_beat_after_the_last()
    {
        var book = Opened().Claimed(Attempt);

        book.IsRenewalDue(After(9.9)).ShouldBeFalse();
        book.IsRenewalDue(After(10)).ShouldBeTrue();
        book.Renewing(After(10)).IsRenewalDue(After(19.9)).ShouldBeFalse();
        book.Renewing(After(10)).IsRenewalDue(After(20)).ShouldBeTrue();
    }

    [Fact]
    public void Without_an_attempt_nothing_is_renewed()
    {
        Opened().IsRenewalDue(After(1000)).ShouldBeFalse();
        Opened().Claimed(Attempt).Released(Attempt).IsRenewalDue(After(1000)).ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_stop_renewals() =>
        Opened().Claimed(Attempt).IsRenewalDue(After(-3600)).ShouldBeTrue();

    [Fact]
    public void A_worker_may_judge_once_its_contact_was_unbroken_for_a_whole_lease()
    {
        AnsweredEverySecond(Opened(), 1, 59).MayJudge(After(59.9)).ShouldBeFalse();
        AnsweredEverySecond(Opened(), 1, 60).MayJudge(After(60)).ShouldBeTrue();
    }

    [Fact]
    public void A_silent_store_may_not_be_judged_and_its_first_answer_begins_a_new_lease_of_watching()
    {
        var silent = AnsweredEverySecond(Opened(), 1, 70).Unanswered(After(70));
        silent.MayJudge(After(70)).ShouldBeFalse();

        var back = AnsweredEverySecond(silent, 75, 134);
        back.MayJudge(After(134.9)).ShouldBeFalse();
        AnsweredEverySecond(back, 135, 135).MayJudge(After(135)).ShouldBeTrue();
    }

    [Fact]
    public void A_worker_that_heard_nothing_for_half_a_lease_may_not_judge_though_no_call_failed()
    {
        // A computer that slept: nobody renewed, and no call was there to fail.
        var slept = AnsweredEverySecond(Opened(), 1, 70);

        slept.MayJudge(After(99)).ShouldBeTrue();
        slept.MayJudge(After(101)).ShouldBeFalse();
        var awake = slept.Answered(After(1000));
        awake.MayJudge(After(1001)).ShouldBeFalse();
        AnsweredEverySecond(awake, 1001, 1060).MayJudge(After(1060)).ShouldBeTrue();
    }

    [Fact]
    public void Answers_that_arrive_slightly_out_of_order_do_not_break_contact()
    {
        var book = AnsweredEverySecond(Opened(), 1, 60).Answered(After(59.5));

        book.MayJudge(After(60)).ShouldBeTrue();
    }

    [Fact]
    public void A_worker_is_cut_off_too_long_only_past_the_limit_and_while_the_store_is_silent()
    {
        var answered = Opened().Answered(After(100));
        var silent = answered.Unanswered(After(100));

        silent.IsCutOffTooLong(After(100 + 900)).ShouldBeFalse();
        silent.IsCutOffTooLong(After(100 + 901)).ShouldBeTrue();
        answered.IsCutOffTooLong(After(100 + 901)).ShouldBeFalse();
        silent.Answered(After(1001)).IsCutOffTooLong(After(1002)).ShouldBeFalse();
    }

    [Fact]
    public void Further_silence_does_not_move_the_last_contact()
    {
        var silent = Opened().Unanswered(Start).Unanswered(After(800));

        silent.LastContact.ShouldBe(Start);
        silent.IsCutOffTooLong(After(901)).ShouldBeTrue();
    }

    [Fact]
    public void Time_that_leaps_begins_a_silence_anew_and_makes_none()
    {
        var silent = Opened().Unanswered(Start);

        silent.Ticked(After(10), After(40)).IsCutOffTooLong(After(901)).ShouldBeTrue("it was awake");
        silent.Ticked(After(10), After(2000)).IsCutOffTooLong(After(2900)).ShouldBeFalse();
        silent.Ticked(After(10), After(2000)).IsCutOffTooLong(After(2901)).ShouldBeTrue();
        silent.Ticked(After(3600), After(5)).IsCutOffTooLong(After(906))
            .ShouldBeTrue("the clock was set back");
        Opened().Ticked(After(10), After(2000)).IsCutOffTooLong(After(9000)).ShouldBeFalse();
    }

    [Fact]
    public void Held_attempts_are_ordered_by_sweep_trial_and_number()
    {
        AttemptId[] ordered =
            [new("a", 2, 1), new("b", 1, 1), new("b", 1, 2), new("b", 2, 1), new("b", 10, 1)];

        var book = ordered.Reverse().Aggregate(Opened(), (b, attempt) => b.Claimed(attempt));

        book.Held.ShouldBe(ordered);
    }

    [Fact]
    public void Claiming_twice_or_releasing_what_is_not_held_changes_nothing()
    {
        var book = Opened().Claimed(Attempt).Claimed(Attempt);

        book.Held.ShouldBe([Attempt]);
        book.Released(Attempt with { Number = 2 }).Held.ShouldBe([Attempt]);
    }

    private static LeaseBook Opened() => LeaseBook.Open(LeaseTimes.Default, Start);

    private static LeaseBook AnsweredEverySecond(LeaseBook book, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Aggregate(book, (b, second) => b.Answered(After(second)));

    private static DateTimeOffset After(double seconds) => Start.AddSeconds(seconds);
}
