using System.Text.Json;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Reports of sweeps of whose metric batches some cannot be read.</summary>
public sealed class UnreadableReportTests
{
    private readonly RecordedSweep _sweep = new(RecordedSweep.Plan(3, []));

    [Fact]
    public void A_report_says_of_which_trials_how_many_batches_are_left_out()
    {
        var lost = _sweep.Claim(1);
        _sweep.Damage(lost, 2).Lose(lost, "signal 9");
        End(1, damaged: 1);
        End(2, damaged: 0);
        End(3, damaged: 1);

        foreach (var file in (string[])["report.html", "report.md"])
        {
            var text = _sweep.Render(file);
            text.ShouldContain("What could not be read");
            text.ShouldContain("3 metric batches of trial 1: left out of every curve and value");
            text.ShouldContain("1 metric batch of trial 3: left out");
            text.ShouldNotContain("of trial 2: left out");
        }

        JsonElement.Parse(_sweep.Render("report.json")).GetProperty("provenance").GetProperty("unreadable")
            .EnumerateArray()
            .Select(trial => (trial.GetProperty("trial").GetInt32(), trial.GetProperty("batches").GetInt32()))
            .ShouldBe([(1, 3), (3, 1)]);
    }

    [Fact]
    public void Where_everything_is_read_nothing_is_said()
    {
        End(1, damaged: 0);

        _sweep.Render("report.md").ShouldNotContain("could not be read");
        _sweep.Render("report.json").ShouldNotContain("unreadable");
    }

    private void End(int trial, int damaged)
    {
        var attempt = _sweep.Claim(trial);
        _sweep.Measure(attempt, (10, "gap", 1)).Damage(attempt, damaged).End(attempt, Outcome.Completed);
    }
}
