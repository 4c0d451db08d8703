using Engine.Sql;
using Orchestrator.Cli;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class ControlTextTests
{
    private static readonly StoreAddress Here = new StoreAddress.Sqlite("/runs/sweeps.db");

    private static readonly StoreAddress Far =
        ((StoreAddressReply.Parsed)StoreAddress.Parse("postgres://sweeps@head/sweeps")).Address;

    private readonly Scenario _sweep = Scenario.Submitted(4);

    [Fact]
    public void A_pause_says_what_becomes_of_what_runs()
    {
        ControlText.Paused(Pause(now: false).State).ShouldBe(
            "sweep demo is paused: nothing of it runs, 4 wait; go on with ./sweep resume demo");

        var running = Scenario.Submitted(4).After(Given.Claim(2), Given.Claim(3));
        ControlText.Paused(Pause(now: false, running).State).ShouldBe(
            "sweep demo is paused: 2 running trials run to their end, 2 wait; go on with ./sweep resume demo");
        var one = Scenario.Submitted(2).After(Given.Claim(2));
        ControlText.Paused(Pause(now: true, one).State).ShouldBe(
            "sweep demo is paused: 1 running trial is handed back, 1 waits; go on with ./sweep resume demo");
    }

    [Fact]
    public void A_cancelled_sweep_says_what_was_ended_and_what_was_not()
    {
        _sweep.After(
            Given.Claim(2), Given.Finish(3, Given.Attempt(1)), Given.Claim(4),
            new SweepCommand.CancelTrial(Given.Id(5), Given.At(5), 4));

        ControlText.Cancelled(Ask(new SweepCommand.CancelSweep(Given.Id(6), Given.At(6)))).ShouldBe(
            "sweep demo is cancelled: 1 running trial and 1 waiting one were ended, 2 had an outcome before; "
            + "./sweep report demo compares those");
    }

    [Fact]
    public void A_cancelled_trial_says_where_it_ran_and_whether_it_was_the_last()
    {
        _sweep.After(Given.Claim(2, "box-7"));
        ControlText.TrialCancelled(Ask(Cancel(3, 1)), 1).ShouldBe(
            "trial 1 of demo is cancelled: it ran on slot 1 of box-7");
        ControlText.TrialCancelled(Ask(Cancel(4, 2)), 2).ShouldBe(
            "trial 2 of demo is cancelled: it had not started");
        _sweep.After(Cancel(5, 3));
        ControlText.TrialCancelled(Ask(Cancel(6, 4)), 4).ShouldBe(
            "trial 4 of demo is cancelled: it had not started; that was the last one: the sweep is completed");
    }

    [Fact]
    public void Limits_say_what_is_spent_of_them()
    {
        ControlText.Limited(_sweep.State, Given.At(0)).ShouldBe(
            "sweep demo: as many trials at once as there are slots, no budget of slot time; 0 running, "
            + "0:00 of slot time spent");

        _sweep.After(
            Given.Claim(10), Given.Finish(70, Given.Attempt(1)), Given.Claim(80),
            new SweepCommand.ChangeLimits(
                Given.Id(81), Given.At(81), new SweepLimits(1, TimeSpan.FromHours(12))));
        ControlText.Limited(_sweep.State, Given.At(90)).ShouldBe(
            "sweep demo: at most 1 trial at once, at most 12:00:00 of slot time; 1 running, "
            + "1:10 of slot time spent");
    }

    [Fact]
    public void A_priority_says_what_it_was() =>
        ControlText.Prioritised(Ask(new SweepCommand.ChangePriority(Given.Id(2), Given.At(2), -3))).ShouldBe(
            "sweep demo has priority -3, it had 0; larger numbers are served first");

    [Fact]
    public void An_extension_says_its_numbers_and_what_is_new()
    {
        var addition = Given.Addition(5, 8);
        ControlText.Extended(_sweep.State, addition).ShouldBe(
            "sweep demo is extended by trials 5 to 8: 2 new configurations");
        ControlText.Extended(_sweep.State, addition with { Configurations = [], Trials = [addition.Trials[0]] })
            .ShouldBe(
                "sweep demo is extended by trial 5: more replicates of the configurations that are there");
        ControlText.Extended(_sweep.State, addition with { Configurations = [addition.Configurations[0]] })
            .ShouldBe(
                "sweep demo is extended by trials 5 to 8: 1 new configuration and more replicates of the "
                + "configurations that are there");
    }

    [Fact]
    public void Nobody_is_told_to_start_what_somebody_works_on()
    {
        ControlText.NextStep(_sweep.State, ["w1"], Here).ShouldBeEmpty();
        ControlText.NextStep(Pause(now: false).State, [], Here).ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_store_on_this_machine_is_worked_on_by_resume()
    {
        ControlText.NextStep(_sweep.State, [], Here).ShouldBe(
            "no worker works on demo: start one with ./sweep worker, or go on with ./sweep resume demo");
        ControlText.NextStep(_sweep.State, [], Far).ShouldBe(
            "no worker works on demo: start one with ./sweep worker");
    }

    [Fact]
    public void Status_tells_what_is_out_of_the_ordinary()
    {
        StatusText.Of(_sweep.State, SweepStanding.Running, Here).ShouldBeEmpty();
        _sweep.After(
            Given.Claim(1_000, "good"),
            Given.Claim(2, "bad"), Given.Claim(3, "bad"), Given.Claim(4, "bad"),
            Given.FalseStart(5, Given.Attempt(2)), Given.FalseStart(6, Given.Attempt(3)),
            Given.FalseStart(7, Given.Attempt(4)),
            new SweepCommand.ChangePriority(Given.Id(8), Given.At(8), 2),
            new SweepCommand.ChangeLimits(Given.Id(9), Given.At(9), new SweepLimits(3, null)));

        StatusText.Of(_sweep.State, SweepStanding.Interrupted, Far).ShouldBe(
        [
            "no worker works on demo: start one with ./sweep worker",
            "its priority is 2",
            "its limits: at most 3 trials at once, no budget of slot time",
            "worker bad gets none of its trials until it is resumed: 3 trials in a row failed on it before "
            + "their first update, the last one because it went wrong",
        ]);
    }

    private static SweepCommand Cancel(int id, int trial) =>
        new SweepCommand.CancelTrial(Given.Id(id), Given.At(id), trial);

    private static Scenario Pause(bool now, Scenario? sweep = null) =>
        (sweep ?? Scenario.Submitted(4)).After(
            new SweepCommand.PauseSweep(Given.Id(50), Given.At(50), now));

    private Answered Ask(SweepCommand command)
    {
        var (before, told) = (_sweep.State, _sweep.History.Count);
        _sweep.After(command);
        return new Answered(before, _sweep.State, [.. _sweep.History.Skip(told)]);
    }
}
