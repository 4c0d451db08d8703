using Shared.Engine;
using Shared.Execution;
using Tests.Orchestrator;
using Tests.Shared.Sweeps;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>How often a worker says something of itself, and how much of what its slots say.</summary>
public sealed class ReportPaceTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly WorkerReport Report = Of(new LogEnd(1, ["a"]));

    private readonly ReportPace _pace = ReportPace.After(Report, After(0));

    [Fact]
    public void Nothing_new_is_said_at_every_beat()
    {
        _pace.IsDue(Report, After(9), Beat).ShouldBeFalse();
        _pace.IsDue(Report, After(10), Beat).ShouldBeTrue();
        ReportPace.Initial.IsDue(Report, After(0), Beat).ShouldBeTrue();
    }

    [Fact]
    public void A_change_is_said_at_the_next_look_and_a_rate_is_none()
    {
        _pace.IsDue(Report with { Idle = "paused" }, After(1), Beat).ShouldBeTrue();
        var faster = Report with { Slots = [Report.Slots[0] with { UpdatesPerSecond = 9 }] };
        _pace.IsDue(faster, After(1), Beat).ShouldBeFalse();
    }

    [Fact]
    public void New_lines_wait_for_each_other()
    {
        var more = Of(new LogEnd(2, ["a", "a"]));

        _pace.IsDue(more, After(1), Beat).ShouldBeFalse();
        _pace.IsDue(more, After(0) + LogLimits.BetweenReports, Beat).ShouldBeTrue();
        _pace.IsDue(Report, After(0) + LogLimits.BetweenReports, Beat).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public void All_slots_together_say_no_more_than_a_report_has_room_for_and_each_its_last_line(int running)
    {
        var loud = new LogEnd(900, [.. Enumerable.Repeat(new string('\u001b', 5_000), 500)]);

        var said = LogLimits.ForReport(loud, running);

        said.Last.Length.ShouldBeInRange(1, LogLimits.LinesOfSlot);
        said.Last[^1].Length.ShouldBeInRange(10, LogLimits.LineLength);
        var bytes = said.Last.Sum(line => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(line).Length + 1);
        bytes.ShouldBeLessThanOrEqualTo(LogLimits.BytesOfSlot);
        (bytes * running).ShouldBeLessThanOrEqualTo(LogLimits.BytesOfReport);
    }

    [Fact]
    public void What_is_kept_of_a_result_is_its_last_lines_and_how_many_there_were()
    {
        var log = LogEnd.Parse(LogLimits.ForResult(
            new LogEnd(1_000, [.. Enumerable.Range(1, 1_000).Select(line => $"line {line}")]).Text()));

        log.Written.ShouldBe(1_000);
        log.Last[^1].ShouldBe("line 1000");
        log.Last.Length.ShouldBeInRange(300, 400);
        LogLimits.ForResult("").ShouldBeEmpty();
    }

    private static WorkerReport Of(LogEnd log) => WorkerReports.Of("w1", Given.Attempt(1), log).Report!;
}
