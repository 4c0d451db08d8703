using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>What tables of a report say beyond means, and what they keep to themselves.</summary>
public sealed class ComparisonTableTests
{
    private static readonly (string, string[])[] Start =
        [("initialisation.start", ["\"noise\"", "\"buffer\""])];

    private static readonly (string, string[])[] StartBySteps =
        [("initialisation.start", ["\"noise\"", "\"buffer\""]), ("sampler.steps", ["20", "60"])];

    [Fact]
    public void A_mean_stands_out_only_where_the_runner_up_is_clearly_behind()
    {
        var sweep = Filled(3, Start, (trial, replicate) =>
            [("gap_sd", trial > 3 ? 0.06 + (0.002 * replicate) : 0.8 + (0.001 * replicate)),
             ("accuracy", trial > 3 ? 0.7 : 0.7 + (0.1 * (replicate - 1.9)))]);
        var report = sweep.Render("report.md");

        report.ShouldContain("| **0.0640** ± 0.0020 (3) | ");
        report.ShouldContain("| 0.71 ± 0.10 (3) | ");
        report.ShouldNotContain("| **0.71**");
    }

    [Fact]
    public void Times_to_the_accuracy_keep_trials_that_never_came_or_diverged()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(3, Start));
        for (var trial = 1; trial <= 6; trial++)
        {
            var attempt = sweep.Claim(trial);
            var reached = trial > 3 ? 100 * (trial - 3) : trial == 1 ? 250 : (int?)null;
            if (reached is { } update)
            {
                sweep.Measure(attempt, (update, "updates_to_accuracy", update));
            }

            sweep.Measure(attempt, (300, "gap", 0.1));
            sweep.End(attempt, trial == 2 ? Outcome.Diverged : Outcome.Completed);
        }

        sweep.Render("report.md").ShouldContain(
            "(Kaplan–Meier), were there never with `noise`, by update 200 with `buffer`.");
    }

    [Fact]
    public void Parameters_that_act_together_are_told_apart_from_those_that_do_not()
    {
        // Steps help by .1 from noise and by .5 from a buffer, up to a little.
        var report = Filled(3, StartBySteps, (trial, replicate) =>
        {
            var (buffer, long_) = (trial > 6, (trial - 1) / 3 % 2 == 1);
            return [("fid_clf", 10 - (long_ ? buffer ? 0.5 : 0.1 : 0) + (0.01 * replicate * (buffer && long_ ? 1 : 0)))];
        }).Render("report.md");

        report.ShouldContain("## How parameters act together");
        report.ShouldContain(
            "| `fid_clf`\u00a0↓ | `initialisation.start`: `noise` → `buffer` | `sampler.steps`: `20` → `60` "
            + "| **−0.380** | −0.405 to −0.355 | 3 |");
        report.ShouldContain("| share of the spread of | `initialisation.start` | `sampler.steps` |");
    }

    [Fact]
    public void A_design_with_a_hole_has_no_shares_of_the_spread()
    {
        var sweep = Filled(1, StartBySteps, (trial, _) => trial == 4 ? [] : [("fid_clf", trial)]);

        sweep.Render("report.md").ShouldContain("Shares of the spread are not given");
    }

    [Fact]
    public void Wilcoxons_test_stands_beside_the_paired_t_test_from_six_pairs_on()
    {
        string Row(int replicates) => Filled(
                replicates, Start, (trial, replicate) => [("gap_sd", trial > replicates ? replicate : 0)])
            .Render("report.md").Split('\n').Single(line => line.StartsWith("| `gap_sd`\u00a0↓ | `noise` →"));

        Row(6).ShouldContain(" / .031 | ");
        Row(5).ShouldNotContain(" / ");
    }

    /// <summary>A sweep all of whose trials are completed; configurations are one after the other.</summary>
    private static RecordedSweep Filled(
        int replicates, (string, string[])[] swept, Func<int, int, (string, double)[]> values)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(replicates, swept));
        var trials = replicates * swept.Aggregate(1, (n, p) => n * p.Item2.Length);
        for (var trial = 1; trial <= trials; trial++)
        {
            sweep.Complete(trial, values(trial, ((trial - 1) % replicates) + 1));
        }

        return sweep;
    }
}
