using Shared.Experiments;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Stability, speed and samples of each configuration.</summary>
public sealed class QuestionTests
{
    [Fact]
    public void A_configuration_answers_all_three_and_its_chains_cost_is_read_where_the_accuracy_was_reached()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(3, []));
        foreach (var (trial, factor) in new[] { (1, 1), (2, 3) })
        {
            var attempt = sweep.Claim(trial);
            sweep.Measure(
                    attempt,
                    (10, "gradient_evaluations", 1000 * factor), (20, "gradient_evaluations", 2000 * factor),
                    (15, "updates_to_accuracy", 15), (20, "gap_sd", 0.5), (20, "fid_clf", 12),
                    (20, "fid_clf_start", 400))
                .End(attempt, Outcome.Completed);
        }

        sweep.End(sweep.Claim(3), Outcome.Diverged, "E");

        var text = sweep.Render("report.md");
        var start = text.IndexOf("## Stability, speed and samples", StringComparison.Ordinal);
        var section = text[start..text.IndexOf("\n## ", start, StringComparison.Ordinal)];
        section.ShouldContain("| diverged | `gap_sd`\u00a0↓ | `updates_to_accuracy`\u00a0↓ | gradient evaluations to it |");
        section.ShouldContain("| 1 of 3 (6 to 79\u00a0%) | 0.500 ± 0 (2) | 15.0 ± 0 (2) | 3000 ± 2121 (2) | 12.0 ± 0 (2) |");
        section.ShouldContain("| 400 ± 0 (2) |");
    }

    [Fact]
    public void An_experiment_that_measures_neither_speed_nor_samples_is_not_asked() =>
        new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("kl", 1))
            .Render("report.md", ToyParameters.Metrics).ShouldNotContain("Stability, speed and samples");

    [Fact]
    public void Samples_that_are_further_from_the_data_than_their_start_are_named()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [("sampler.steps", ["5", "60"])]))
            .Complete(1, ("fid_clf", 30), ("fid_clf_fresh", 399), ("fid_clf_start", 400))
            .Complete(2, ("fid_clf", 20), ("fid_clf_fresh", 685), ("fid_clf_start", 400));

        var text = sweep.Render("report.md");
        text.ShouldContain("(`fid_clf_fresh` above `fid_clf_start`) with **steps 60**.");
        text.ShouldNotContain("(`fid_clf` above");
    }

    [Fact]
    public void Before_a_trial_has_ended_nothing_is_answered()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        sweep.Measure(sweep.Claim(1), (10, "gap_sd", 0.1));

        sweep.Render("report.md").ShouldNotContain("Stability, speed and samples");
    }
}
