using System.Globalization;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class AnswerTests
{
    private static readonly (string, string[])[] Start =
        [("initialisation.start", ["\"noise\"", "\"buffer\""])];

    [Fact]
    public void A_clear_difference_names_the_better_level_and_an_unclear_one_names_none()
    {
        var answer = Answer(Sweep(
            3,
            ("gap_sd", r => 0.8 + (0.01 * r), r => 0.06),
            ("accuracy", r => 0.7 + (0.1 * r), r => 0.7 + (0.01 * r))));

        answer.ShouldContain("**Stability: buffer trained more steadily**");
        answer.ShouldContain("**accuracy: no clear difference** at n = 3 pairs");
    }

    [Fact]
    public void Where_the_two_ways_of_scoring_samples_disagree_the_answer_says_so_and_names_its_own()
    {
        var answer = Answer(
            Sweep(3, ("fid_clf", r => 200 + r, r => 15), ("fid_clf_fresh", r => 100 + r, r => 300)));

        answer.ShouldContain("**Samples as trained: buffer is better**");
        answer.ShouldContain("**Samples from fresh noise: noise is better**");
        answer.ShouldContain("**The two disagree:** which samples are scored decides who wins.");
        answer.ShouldContain("This sweep ranks by `fid_clf`");
        answer.ShouldContain(
            "By `fid_clf_fresh`, chains from fresh noise, the best mean is that of **start noise**");
    }

    [Fact]
    public void Where_only_one_way_of_scoring_is_clear_the_answer_rests_on_it()
    {
        var answer = Answer(Sweep(
            3, ("fid_clf", r => 200 + r, r => 15), ("fid_clf_fresh", r => 100 * r, r => 300 - (100 * r))));

        answer.ShouldContain("That `buffer` is better rests on `fid_clf` alone");
    }

    [Fact]
    public void Trials_that_never_reach_the_accuracy_are_counted_and_have_no_share_in_the_means()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, Start));
        sweep.Complete(1, ("accuracy", 0.6)).Complete(2, ("accuracy", 0.7), ("updates_to_accuracy", 250));
        sweep.Complete(3, ("updates_to_accuracy", 100)).Complete(4, ("updates_to_accuracy", 150));

        var answer = Answer(sweep);

        answer.ShouldContain("**Speed: one pair only**, in which buffer trained faster");
        answer.ShouldContain("Never reached: 1 of 2 completed with `noise`, 0 of 2 completed with `buffer`");
        sweep.Render("report.md").ShouldContain("250 (1) none in 1");
    }

    [Fact]
    public void Diverged_trials_are_counted_by_level_and_leave_their_pair_out()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, Start));
        var attempt = sweep.Claim(1);
        sweep.Measure(attempt, (10, "gap_sd", 1e9)).End(attempt, Outcome.Diverged, "mean |E| is 2e5");
        sweep.Complete(2, ("gap_sd", 0.8)).Complete(3, ("gap_sd", 0.06)).Complete(4, ("gap_sd", 0.05));

        Answer(sweep).ShouldContain(
            "Diverged: 1 of 2 (9 to 91\u00a0%) with `noise`, 0 of 2 (0 to 66\u00a0%) with `buffer`.");
        sweep.Render("report.md").ShouldContain(
            "| `gap_sd`\u00a0↓ | `noise` → `buffer` | 0.800 → 0.0500 | −0.750 | — | — | — | — | 0 0 1 | 1 | 1 |");
    }

    [Fact]
    public void An_experiment_without_images_is_compared_by_the_metrics_that_it_declares()
    {
        var sweep = Sweep(new MetricGoal("kl", Goal.Minimize), 3, ("kl", r => 0.5 + (0.01 * r), r => 0.1));
        var text = sweep.Render("report.md", ToyParameters.Metrics);

        text.ShouldContain("**kl: buffer is lower**");
        text.ShouldNotContain("fid_clf");
        text.ShouldNotContain("updates_to_accuracy");
    }

    [Fact]
    public void The_goal_of_the_sweep_overrules_the_declared_direction()
    {
        var sweep = Sweep(
            new MetricGoal("gap_sd", Goal.Maximize), 3, ("gap_sd", r => 0.8 + (0.01 * r), r => 0.06));

        Answer(sweep).ShouldContain("Best mean `gap_sd`: **start noise**");
    }

    [Fact]
    public void A_sweep_without_swept_parameters_has_nothing_to_compare()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("fid_clf", 12.5));

        Answer(sweep)
            .ShouldContain("One configuration, so there is nothing to compare: `fid_clf` is 12.5 (n = 1).");
    }

    [Fact]
    public void An_unfinished_sweep_says_how_far_it_is()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, Start)).Complete(1, ("fid_clf", 12.5));
        sweep.Measure(sweep.Claim(2), (10, "gap", 0.1));
        var text = sweep.Render("report.md");

        text.ShouldContain("| state | unfinished: 1 of 4 trials done, 1 running, 2 waiting (1 completed) |");
        text.ShouldContain("**Unfinished.** 1 of 4 trials done so far;");
    }

    [Fact]
    public void A_sweep_of_which_nothing_has_run_has_a_report_too()
    {
        Answer(new RecordedSweep(RecordedSweep.Plan(2, Start)))
            .ShouldContain("No completed trial has `fid_clf` yet.");
    }

    [Fact]
    public void Where_every_trial_failed_the_answer_claims_nothing_of_any()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, Start));
        for (var trial = 1; trial <= 2; trial++)
        {
            sweep.End(sweep.Claim(trial), Outcome.Failed, "no such class");
        }

        var answer = Answer(sweep);

        answer.ShouldContain("No completed trial has `fid_clf`; 2 of 2 trials failed.");
        answer.ShouldNotContain("Every completed trial");
        answer.ShouldNotContain("Neither way of scoring");
    }

    [Fact]
    public void Where_every_trial_diverged_the_answer_says_so_and_waits_for_nothing()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, Start));
        sweep.End(sweep.Claim(1), Outcome.Diverged, "E").End(sweep.Claim(2), Outcome.Diverged, "E");

        Answer(sweep).ShouldContain(
            "No completed trial has `fid_clf`. 2 trials of 2 diverged and have no share in any mean.");
    }

    [Fact]
    public void Equal_values_in_one_pair_name_no_winner() =>
        Answer(Sweep(1, ("accuracy", _ => 0.5, _ => 0.5)))
            .ShouldContain("**accuracy: equal** in every pair, n = 1 pair");

    [Fact]
    public void Means_that_round_to_the_same_number_are_told_apart_by_more_digits() =>
        Answer(Sweep(3, ("accuracy", r => 1.2641 + (r * 1e-5), r => 1.2643 + (r * 2e-5))))
            .ShouldContain("`accuracy` 1.2643 with `buffer`, 1.2641 with `noise`");

    [Fact]
    public void A_difference_that_is_clear_alone_says_what_it_is_worth_among_all_comparisons()
    {
        // Differences of 1, 1.4 and 1.8: t = 6.06, so p = .026 alone, and thrice that among the three that vary.
        var answer = Answer(Crowd(r => 0.6 + (0.4 * r)));

        answer.ShouldContain("**accuracy: a hint that 1 is higher**, clear only if nothing else had been compared");
        answer.ShouldContain("; among all comparisons of this metric p = .078 by Holm's method)");
        Answer(Crowd(r => 1 + (0.001 * r))).ShouldNotContain("Holm");
    }

    [Fact]
    public void Of_many_values_the_answer_gives_the_ends_and_the_sum()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [("sampler.steps", Numbers(9))]));
        for (var trial = 1; trial <= 9; trial++)
        {
            if (trial == 4)
            {
                sweep.End(sweep.Claim(trial), Outcome.Diverged, "E");
            }
            else
            {
                sweep.Complete(trial, ("fid_clf", trial));
            }
        }

        var answer = Answer(sweep);
        answer.ShouldContain("`sampler.steps`: `1` to `9`, 9 values");
        answer.ShouldContain("Diverged: 1 of 9 (2 to 43\u00a0%).");
        answer.ShouldNotContain("with `4`");
    }

    [Fact]
    public void A_parameter_that_is_switched_off_in_some_configurations_is_compared_where_it_is_on()
    {
        Configuration Of(params (string Name, string Value)[] on)
        {
            var parameters = on
                .Select(p => KeyValuePair.Create(p.Name, new ParameterValue(p.Value))).ToArray();
            return Configuration.Of(parameters, parameters);
        }

        var plan = RecordedSweep.Plan(1, ["start", "size"],
        [
            Of(("start", "\"noise\"")),
            Of(("start", "\"buffer\""), ("size", "1")),
            Of(("start", "\"buffer\""), ("size", "2")),
        ]);
        var text = new RecordedSweep(plan)
            .Complete(1, ("fid_clf", 10)).Complete(2, ("fid_clf", 2)).Complete(3, ("fid_clf", 4))
            .Render("report.md");

        text.ShouldContain("| `fid_clf`\u00a0↓ | `noise` → `buffer` | 10.0 → 3.00 | −7.00 |");
        text.ShouldContain("| `fid_clf`\u00a0↓ | `1` → `2` | 2.00 → 4.00 | +2.00 |");
        text.ShouldContain("| noise | off |");
        text.ShouldContain("the runs over that parameter's values are averaged first, and a pair is of averages.");
        text.ShouldNotContain("| `fid_clf`\u00a0↓ | `start`: `noise` → `buffer` | `size`");
        text.ShouldContain("No replicate has all four values of any two parameters.");
        Sweep(1, ("fid_clf", _ => 1, _ => 2)).Render("report.md").ShouldNotContain("averaged first");
    }

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(1, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Four values of a parameter, the first of them ahead by some amount, the others equal.</summary>
    private static RecordedSweep Crowd(Func<int, double> lead)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(3, [("sampler.steps", Numbers(4))]));
        for (var trial = 1; trial <= 12; trial++)
        {
            var (value, replicate) = (((trial - 1) / 3) + 1, ((trial - 1) % 3) + 1);
            sweep.Complete(trial, ("accuracy", (10 * replicate) + (value == 1 ? lead(replicate) : 0)));
        }

        return sweep;
    }

    private static string Answer(RecordedSweep sweep)
    {
        var text = sweep.Render("report.md");
        var start = text.IndexOf("## Answer", StringComparison.Ordinal);
        return text[start..text.IndexOf("\n## ", start, StringComparison.Ordinal)];
    }

    private static RecordedSweep Sweep(
        int replicates, params (string Metric, Func<int, double> Noise, Func<int, double> Buffer)[] values) =>
        Sweep(new MetricGoal("fid_clf", Goal.Minimize), replicates, values);

    private static RecordedSweep Sweep(
        MetricGoal goal,
        int replicates,
        params (string Metric, Func<int, double> Noise, Func<int, double> Buffer)[] values)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(replicates, Start, metric: goal));
        for (var trial = 1; trial <= 2 * replicates; trial++)
        {
            var (isNoise, replicate) = (trial <= replicates, ((trial - 1) % replicates) + 1);
            sweep.Complete(trial, [.. values.Select(
                v => (v.Metric, isNoise ? v.Noise(replicate) : v.Buffer(replicate)))]);
        }

        return sweep;
    }
}
