using System.Text.Json;
using Shared.Engine;

namespace Tests.Shared.Engine;

public sealed class LogEndTests
{
    [Theory]
    [InlineData(2, "a", "b")]
    [InlineData(9, "a", "b")]
    [InlineData(3, "", "", "")]
    [InlineData(0)]
    public void A_text_is_read_as_what_it_was_written_from(int written, params string[] last)
    {
        var read = LogEnd.Parse(new LogEnd(written, [.. last]).Text());

        read.Written.ShouldBe(written);
        read.Last.ShouldBe(last);
    }

    [Theory]
    [InlineData("(lines left out before this: 99999999999)", 1)]
    [InlineData("(lines left out before this: -3)", 1)]
    [InlineData("(lines left out before this: 3)", 3)]
    [InlineData("of an older program\nwithout an end", 2)]
    public void Whatever_a_store_holds_is_read_as_lines(string text, int written) =>
        LogEnd.Parse(text).Written.ShouldBe(written);

    [Fact]
    public void The_last_lines_within_every_limit_are_kept_and_the_count_stays()
    {
        var log = new LogEnd(40, ["1", "22", "333", "4444"]);

        log.Within(2, 100, 1_000).ShouldSatisfyAllConditions(
            end => end.Last.ShouldBe(["333", "4444"]),
            end => end.LeftOut().ShouldBe(38));
        log.Within(9, 3, 1_000).Last.ShouldBe(["1", "22", "333", "44…"]);
        log.Within(9, 100, 3 + 3 + 3 + 4 + 2).Last.ShouldBe(["333", "4444"]);
        log.Within(9, 100, 3).Last.ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_are_those_of_the_json_however_a_line_is_made()
    {
        string[] lines = ["\u001b[31m\u0000\"\\", "ünï", "\U0001f600\U0001f600"];
        foreach (var line in lines)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line).Length;
            new LogEnd(1, [line]).Within(1, 100, bytes + 1).Last.Length.ShouldBe(1, line);
        }

        // ESC and NUL are six bytes each, a quote and a backslash two: with four more, two quotes and a comma 23.
        new LogEnd(1, [lines[0]]).Within(1, 100, 22).Last.ShouldBeEmpty();
        new LogEnd(1, [lines[2]]).Within(1, 4, 100).Last.ShouldBe([lines[2]]);
        new LogEnd(1, [lines[2] + "!"]).Within(1, 4, 100).Last.ShouldBe(["\U0001f600…"], "no half of a character");
    }

    [Fact]
    public void What_no_worker_can_have_said_is_not_whole()
    {
        new LogEnd(1, ["a"]).IsWhole().ShouldBeTrue();
        new LogEnd(0, ["a"]).IsWhole().ShouldBeFalse();
        new LogEnd(1, default).IsWhole().ShouldBeFalse();
        new LogEnd(1, [null!]).IsWhole().ShouldBeFalse();
    }
}
