namespace Tests.Shared.Reports;

/// <summary>What a report answers where more than two values or parameters are compared.</summary>
public sealed class CrowdedAnswerTests
{
    private const int Replicates = 4;

    private static readonly double[] Noise = [0.3, -0.2, -0.4, 0.3];   // of a replicate; sums to zero

    private static readonly RecordedSweep Steps = Filled(
        [("sampler.steps", ["5", "20", "60"])],
        (configuration, replicate) =>
        [
            ("fid_clf", new[] { 100.0, 20.0, 20.1 }[configuration] + (configuration == 1 ? 0 : Noise[replicate])),
            ("gradient_evaluations", 100 * new[] { 5, 20, 60 }[configuration]),
        ]);

    [Fact]
    public void A_value_that_is_behind_the_two_foremost_is_named_though_these_are_not_apart()
    {
        var report = Steps.Render("report.md");

        report.ShouldContain("**Samples as trained: no clear difference between 20 and 60** at n = 4 pairs");
        report.ShouldContain("Behind: `5` (to `20`: difference +80.0, 95\u00a0% interval +79.4 to +80.6, n = 4 pairs).");
    }

    [Fact]
    public void Of_two_values_that_are_not_apart_nothing_more_is_said()
    {
        var report = Filled(
            [("sampler.steps", ["5", "20"])],
            (configuration, replicate) => [("fid_clf", 20 + (configuration * Noise[replicate]))]).Render("report.md");

        report.ShouldContain("**Samples as trained: no clear difference** at n = 4 pairs");
        report.ShouldNotContain("Behind:");
        report.ShouldNotContain("not clearly behind it");
    }

    [Fact]
    public void Configurations_that_the_best_one_cannot_be_told_from_are_counted_with_the_cheapest()
    {
        var report = Filled(
            [("sampler.steps", ["5", "20", "60"])],
            (configuration, replicate) =>
            [
                ("fid_clf", 20 - (0.01 * configuration) + (configuration * Noise[replicate])),
                ("gradient_evaluations", 100 * new[] { 5, 20, 60 }[configuration]),
            ]).Render("report.md");

        report.ShouldContain(
            "None of the 2 others is clearly behind it; of these **steps 5** takes the fewest gradient evaluations, "
            + "500 a trial instead of 6000.");
        Steps.Render("report.md").ShouldNotContain("clearly behind it");
    }

    [Fact]
    public void Effects_that_depend_on_each_other_are_part_of_the_answer()
    {
        var report = Factorial(difference: 3).Render("report.md");

        report.ShouldContain(
            "**Their effects depend on each other:** from `noise` to `buffer` of `initialisation.start`, `fid_clf` changes "
            + "by +1.00 where `sampler.steps` is `20`, and by +4.00 where it is `60` (difference +3.00, ");
        Factorial(difference: 0).Render("report.md").ShouldNotContain("depend on each other");
    }

    private static RecordedSweep Factorial(double difference) => Filled(
        [("initialisation.start", ["\"noise\"", "\"buffer\""]), ("sampler.steps", ["20", "60"])],
        (configuration, replicate) => [("fid_clf", 10 + (configuration >= 2 ? 1 : 0)
            + (configuration == 3 ? difference + Noise[replicate] : 0))]);

    private static RecordedSweep Filled(
        (string, string[])[] swept, Func<int, int, (string, double)[]> valuesOf)
    {
        var plan = RecordedSweep.Plan(Replicates, swept);
        var sweep = new RecordedSweep(plan);
        for (var trial = 0; trial < plan.Trials.Length; trial++)
        {
            sweep.Complete(trial + 1, valuesOf(trial / Replicates, trial % Replicates));
        }

        return sweep;
    }
}
