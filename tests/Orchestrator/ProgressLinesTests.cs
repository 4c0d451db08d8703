using Orchestrator.Cli;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class ProgressLinesTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly Progress _progress = new();

    [Fact]
    public void An_attempt_is_said_when_it_starts_at_each_quarter_and_when_it_ends()
    {
        var lines = new PlainLines(_output, _progress.Events);
        _progress.Do(Given.Claim(2));
        lines.Show(_progress.State, _progress.Rows(2), Given.At(2));
        _progress.Report(130, gap: 0.25);
        lines.Show(_progress.State, _progress.Rows(12), Given.At(12));
        lines.Show(_progress.State, _progress.Rows(12), Given.At(12));
        _progress.Do(Given.Finish(15, Given.Attempt(1)));
        lines.Show(_progress.State, _progress.Rows(15), Given.At(15));

        Lines().ShouldBe(
        [
            "trial 1 (step_size 1, replicate 1) started on slot 1",
            "trial 1 (step_size 1, replicate 1) 130/500, gap 0.250, loss 1.00, ETA 0:28",
            "trial 1 (step_size 1, replicate 1) completed after 0:13, gap 0.250, loss 1.00",
        ]);
    }

    [Fact]
    public void What_had_ended_before_a_resume_is_not_said_again()
    {
        _progress.Do(Given.Claim(2)).Do(Given.HandBack(3, Given.Attempt(1)));
        var resumed = new AttemptEvents(_progress.State, []);
        _progress.Do(Given.Claim(4));

        resumed.Since(_progress.Rows(4), Given.At(4)).Select(e => e.Text).ShouldBe(
            ["trial 1 (step_size 1, replicate 1), attempt 2 started on slot 1"]);
    }

    [Fact]
    public void Quiet_says_only_what_failed_or_was_lost()
    {
        var lines = new QuietLines(_output, _progress.Events);
        _progress.Do(Given.Claim(2)).Do(Given.Claim(3));
        lines.Show(_progress.State, _progress.Rows(3), Given.At(3));
        lines.Say("the worker says something");
        Lines().ShouldBeEmpty();

        _progress.Do(Given.Finish(4, Given.Attempt(1)))
            .Do(Given.Finish(5, Given.Attempt(2), AttemptOutcome.Failed));
        lines.Show(_progress.State, _progress.Rows(5), Given.At(5));

        Lines().ShouldBe(["trial 2 (step_size 1, replicate 2) failed after 0:02: it went wrong"]);
    }

    [Fact]
    public void Verbose_says_every_report_of_the_headline_metrics_and_the_slots_last_words()
    {
        var lines = new VerboseLines(_output, _progress.Events, ["gap", "loss"]);
        _progress.Do(Given.Claim(2));
        lines.Measured(_progress.Report(10, gap: 0.5));
        _progress.Do(Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed));
        lines.Show(_progress.State, _progress.Rows(4), Given.At(4));

        Lines().ShouldBe(
        [
            "trial 1: update 10, gap 0.500, loss 1.00",
            "trial 1 (step_size 1, replicate 1) started on slot 1",
            "trial 1 (step_size 1, replicate 1) failed after 0:02, gap 0.500, loss 1.00: it went wrong",
            "    last line",
        ]);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1 kB")]
    [InlineData(1_540, "1.54 kB")]
    [InlineData(2_500_000, "2.5 MB")]
    public void Bytes_have_three_digits_and_a_unit(long bytes, string text) =>
        ProgressText.Bytes(bytes).ShouldBe(text);

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
