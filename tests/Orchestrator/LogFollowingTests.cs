using Orchestrator.Cli;
using Shared.Engine;
using Shared.Sweeps;

namespace Tests.Orchestrator;

/// <summary>What <c>logs -f</c> prints of ends of a log that overlap, or do not.</summary>
public sealed class LogFollowingTests
{
    private readonly LogFollowing _following = new();

    [Fact]
    public void Each_line_is_told_once_however_often_it_is_reported_and_when_the_stored_log_comes()
    {
        Next(Log(2, "a", "b")).ShouldBe(["# attempt 1 on slot 1 of box-1, running", "a", "b"]);
        Next(Log(2, "a", "b")).ShouldBeEmpty();
        Next(Log(4, "b", "b", "b")).ShouldBe(["b", "b"]);
        Next(Log(5, "a", "b", "b", "b", "c"), AttemptOutcome.Completed).ShouldBe(
            ["c", "# attempt 1 on slot 1 of box-1, completed"]);
        Next(Log(5, "a", "b", "b", "b", "c"), AttemptOutcome.Completed).ShouldBeEmpty();
    }

    [Fact]
    public void Lines_that_nobody_saw_are_counted_in_one_line()
    {
        Next(Log(12, "k", "l")).ShouldBe(
            ["# attempt 1 on slot 1 of box-1, running", "(lines left out before this: 10)", "k", "l"]);
        Next(Log(20, "t")).ShouldBe(["(lines left out before this: 7)", "t"]);
    }

    [Fact]
    public void A_stored_log_that_is_longer_than_what_was_reported_tells_what_was_left_out_between()
    {
        Next(Log(2, "a", "b"));

        Next(Log(6, "d", "e", "f"), AttemptOutcome.Failed).ShouldBe(
            ["(lines left out before this: 1)", "d", "e", "f", "# attempt 1 on slot 1 of box-1, failed"]);
    }

    [Fact]
    public void A_stored_log_that_is_shorter_than_what_was_reported_repeats_nothing()
    {
        Next(Log(2, "a", "b"));

        Next(Log(1, "a"), AttemptOutcome.Failed).ShouldBe(["# attempt 1 on slot 1 of box-1, failed"]);
    }

    [Fact]
    public void An_attempt_whose_end_stored_no_log_says_so_once()
    {
        Next(Log(1, "a"));
        Next(LogEnd.None).ShouldBeEmpty();
        Next(LogEnd.None, AttemptOutcome.Lost).ShouldBe(
            ["# attempt 1 on slot 1 of box-1, lost; what it said last is not stored"]);

        new LogFollowing().Next(View(LogEnd.None, AttemptOutcome.Preempted)).ShouldBe(
            ["# attempt 1 on slot 1 of box-1, preempted; no log of it is stored"]);
    }

    [Fact]
    public void A_line_reaches_a_terminal_as_text_and_counts_as_one()
    {
        Next(Log(1, "\u001b[31mred\rover")).ShouldBe(
            ["# attempt 1 on slot 1 of box-1, running", "\u241b[31mred", "over"]);
        Next(Log(2, "\u001b[31mred\rover", "next")).ShouldBe(["next"]);
    }

    private IEnumerable<string> Next(LogEnd log, AttemptOutcome? outcome = null) =>
        _following.Next(View(log, outcome));

    private static LogEnd Log(int written, params string[] last) => new(written, [.. last]);

    private static LogsView View(LogEnd log, AttemptOutcome? outcome) =>
        new("demo", 1, [new AttemptLog(1, "box-1", 1, outcome, "", log.Text())]);
}
