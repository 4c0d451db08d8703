using Shared.Sweeps;
using static Tests.Shared.SweepFiles.Settings;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>What scales of a file do, and the exact line that a wrong one gives.</summary>
public sealed class Scales
{
    // Line 5 is "parameters:", 8 is "scales:".
    private static readonly string File = Toy("training.updates: 500", "sampler.steps: {values: [5, 10]}")
        + """
        scales:
          small: {training.updates: 20, replicates: 2, model.hidden: 8}
          full:
            training.updates: 5000
            sampler.steps: {values: [5, 10, 20, 40]}
        """;

    [Fact]
    public void Without_a_scale_the_file_has_its_own_values()
    {
        var plan = Parsed(File).Plan;

        plan.Trials.Length.ShouldBe(2);
        plan.Configurations[0].Resolved["training.updates"].Json.ShouldBe("500");
    }

    [Fact]
    public void A_scale_takes_the_place_of_the_files_values()
    {
        var small = At("small").Plan;
        var full = At("full").Plan;

        small.Trials.Length.ShouldBe(4);
        small.Configurations[0].Resolved["training.updates"].Json.ShouldBe("20");
        small.Configurations[0].Resolved["model.hidden"].Json.ShouldBe("8");
        full.Configurations.Length.ShouldBe(4);
        small.Choices!.Scale.ShouldBe("small");
    }

    [Fact]
    public void A_setting_wins_over_a_scale()
    {
        var parsed = With(File, new SweepChoices("small", ["training.updates=3", "replicates=1"]));

        parsed.Plan.Configurations[0].Resolved["training.updates"].Json.ShouldBe("3");
        parsed.Plan.Trials.Length.ShouldBe(2);
        $"{parsed.Plan.Choices}".ShouldBe("--scale small --set training.updates=3 --set replicates=1");
    }

    [Fact]
    public void The_stored_file_is_the_one_that_results_and_names_no_scales() =>
        At("full").Plan.Spec.ShouldBe(Parsed(
            Toy("training.updates: 5000", "sampler.steps: {values: [5, 10, 20, 40]}")).Plan.Spec);

    [Fact]
    public void A_scale_that_changes_nothing_is_the_file() =>
        With(Toy() + "scales: {full: {}}", new SweepChoices("full", [])).Plan.Spec
            .ShouldBe(Parsed(Toy()).Plan.Spec);

    [Fact]
    public void An_unknown_scale_lists_those_that_there_are() =>
        ProblemsWith(File, new SweepChoices("smal", [])).ShouldBe(
            ["--scale smal: found an unknown scale, expected small perhaps, one of small, full"]);

    [Fact]
    public void A_scale_of_a_file_without_scales_is_unknown() =>
        ProblemsWith(Toy(), new SweepChoices("small", [])).ShouldBe(
            ["--scale small: found an unknown scale, expected no scale: the file has none"]);

    [Theory]
    [InlineData(null)]
    [InlineData("small")]
    [InlineData("full")]
    public void Every_scale_is_checked_whichever_is_picked(string? picked) =>
        ProblemsWith(
            File.Replace("model.hidden: 8", "model.hidden: none", StringComparison.Ordinal),
            new SweepChoices(picked, [])).ShouldBe(
            ["x.yaml:9:48: scales.small.model.hidden: found \"none\", "
                + "expected a whole number from 1 to 4096 (units)"]);

    [Theory]
    [InlineData("5000", "x.yaml:11:5: scales.full.training.updates: found \"lots\", ", "lots")]
    [InlineData("[5, 10, 20, 40]", "x.yaml:12:33: scales.full.sampler.steps.values: found \"a\", ", "[5, a]")]
    [InlineData("training.updates: 5000", "x.yaml:11:5: scales.full.steps: found an unknown par", "steps: 1")]
    [InlineData("training.updates: 5000", "x.yaml:11:5: scales.full.seed: found a key that no ", "seed: 1")]
    [InlineData("replicates: 2", "x.yaml:9:33: scales.small.replicates: found 0, ", "replicates: 0")]
    public void A_wrong_value_in_a_scale_has_its_line_and_column(
        string right, string problem, string wrong) =>
        Problems(File.Replace(right, wrong, StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldStartWith(problem);

    [Theory]
    [InlineData("scales: small", "x.yaml:6:1: scales: found \"small\", expected names, each with ")]
    [InlineData("scales: {}", "x.yaml:6:1: scales: found keys, expected names, each with ")]
    [InlineData("scales: {small: 3}", "x.yaml:6:10: scales.small: found 3, expected parameters and ")]
    [InlineData("scales: {Small: {}}", "x.yaml:6:10: scales.Small: found the name of a scale, expected ")]
    public void Scales_of_another_shape_are_refused(string line, string problem) =>
        Problems(Toy() + line).ShouldHaveSingleItem().ShouldStartWith(problem);

    [Fact]
    public void A_conflict_that_a_scale_brings_to_a_line_of_the_file_names_the_scale() =>
        Problems(Toy("initialisation.buffer_size: 300") + "scales: {big: {training.batch_size: 400}}")
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                p => p.ShouldStartWith("x.yaml:6:3: parameters.initialisation.buffer_size: found 300, "),
                p => p.ShouldEndWith(" (with --scale big)"));

    [Fact]
    public void A_problem_of_the_file_is_said_once_however_many_scales_there_are() =>
        Problems(File.Replace("{values: [5, 10]}", "many", StringComparison.Ordinal)).Length.ShouldBe(1);

    [Fact]
    public void A_scale_is_checked_without_the_settings_of_another_one() =>
        With(
            Toy("initialisation.buffer_size: 300") + "scales: {small: {initialisation.buffer_size: 260}}",
            "initialisation.buffer_size=500", "training.batch_size=400").Plan.Trials.Length.ShouldBe(1);

    private static SweepFileResult.Parsed At(string scale) => With(File, new SweepChoices(scale, []));
}
