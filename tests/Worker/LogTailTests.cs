using Tests.Shared.Sweeps;
using Worker.Hosting;

namespace Tests.Worker;

public sealed class LogTailTests
{
    private readonly LogTail _log = new();

    [Fact]
    public void Lines_belong_to_the_attempt_that_was_begun_last()
    {
        _log.Add("libraries are loaded");
        _log.Said.ShouldBeNull();
        _log.ToString().ShouldBe("libraries are loaded\n");

        _log.Begin(Given.Attempt(1));
        _log.Add("one");
        _log.Begin(Given.Attempt(2));
        _log.Add("two");

        _log.Said!.Attempt.ShouldBe(Given.Attempt(2));
        _log.Said.Log.Text().ShouldBe("two\n");
        _log.ToString().ShouldBe("two\n");
    }

    [Fact]
    public void What_is_let_go_of_is_counted()
    {
        _log.Begin(Given.Attempt(1));
        for (var line = 1; line <= 1_000; line++)
        {
            _log.Add($"{line} {new string('x', 200)}");
        }

        var text = _log.ToString();
        text.Length.ShouldBeInRange(LogTail.Limit - 300, LogTail.Limit + 100);
        var first = int.Parse(text.Split('\n')[1].Split(' ')[0]);
        text.ShouldStartWith($"(lines left out before this: {first - 1})\n");
        _log.Said!.Log.Written.ShouldBe(1_000);
        _log.Said.Log.Last[^1].ShouldStartWith("1000 ");
    }

    [Fact]
    public void A_line_without_end_is_cut_at_a_whole_character()
    {
        _log.Add("x" + string.Concat(Enumerable.Repeat("\U0001f600", LogTail.Limit)));

        _log.ToString().Length.ShouldBeInRange(LogTail.Limit - 2, LogTail.Limit);
        char.IsHighSurrogate(_log.ToString()[^2]).ShouldBeFalse();
    }
}
