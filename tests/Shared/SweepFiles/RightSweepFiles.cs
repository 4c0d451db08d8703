using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

public sealed class RightSweepFiles
{
    [Fact]
    public void What_a_file_leaves_out_has_its_default()
    {
        var spec = Parsed(Toy()).Spec;

        (spec.Seed, spec.Replicates, spec.Retries, spec.Data).ShouldBe((1L, 1, 2, null));
        spec.Parameters.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_without_parameters_is_one_configuration()
    {
        var text = Toy().Replace("parameters:\n", "", StringComparison.Ordinal);

        Parsed(text).Plan.Trials.Length.ShouldBe(1);
        Parsed(text).Plan.Spec.ShouldBe(Parsed(Toy()).Plan.Spec);
    }

    [Theory]
    [InlineData("20", "20")]
    [InlineData("+20", "20")]
    [InlineData("020", "20")]
    [InlineData("2e1", "20")]
    [InlineData("20.0", "20")]
    [InlineData("20.", "20")]
    [InlineData("0x14", "20")]
    [InlineData("0o24", "20")]
    public void A_whole_number_counts_by_its_value(string written, string value) =>
        Parsed(
            Toy($"sampler.steps: {written}")).Spec.Parameters.Single().Values.Single().Json.ShouldBe(value);

    [Theory]
    [InlineData("1e-3", "0.001")]
    [InlineData(".5", "0.5")]
    [InlineData("0.50", "0.5")]
    [InlineData("1.0", "1")]
    [InlineData("1E-7", "1E-07")]
    [InlineData("0.0000001", "1E-07")]
    [InlineData("1", "1")]
    public void A_number_counts_by_its_value(string written, string value) =>
        Parsed(Toy($"training.learning_rate: {written}")).Spec.Parameters.Single().Values.Single()
            .Json.ShouldBe(value);

    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("1e18", 1_000_000_000_000_000_000)]
    [InlineData("0", 0)]
    public void A_seed_keeps_all_of_its_64_bits(string written, long seed) =>
        Parsed(Toy() + $"seed: {written}\n").Spec.Seed.ShouldBe(seed);

    [Theory]
    [InlineData("seed: 1e-40")]
    [InlineData("seed: 1e19")]
    public void A_seed_that_would_be_rounded_is_refused(string line) =>
        Problems(Toy() + line).Length.ShouldBe(1);

    [Fact]
    public void A_limit_may_be_absent() =>
        Parsed(Toy("training.gradient_norm: none")).Spec.Parameters.Single().Values.Single()
            .Display.ShouldBe("none");

    [Fact]
    public void A_question_may_be_folded_over_lines()
    {
        var folded = Toy().Replace(
            "question: How large may the step be?",
            "question: >\n  How large may\n  the step be?",
            StringComparison.Ordinal);

        Parsed(folded).Spec.Question.ShouldBe("How large may the step be?");
        Parsed(folded).Plan.Spec.ShouldBe(Parsed(Toy()).Plan.Spec);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing() =>
        Parsed("\uFEFF" + Quickstart.Replace("\n", "\r\n", StringComparison.Ordinal)).Plan.Spec
            .ShouldBe(Parsed(Quickstart).Plan.Spec);

    [Fact]
    public void A_schedule_with_its_keys_in_any_order_is_one_value() =>
        Parsed(Toy("sampler.step_size: {end: 0.2, start: 2e-1, schedule: geometric}"))
            .Spec.Parameters.Single().Values.Single()
            .Json.ShouldBe("""{"end":0.2,"schedule":"geometric","start":0.2}""");

    [Fact]
    public void A_single_value_may_be_swept()
    {
        var plan = Parsed(Toy("sampler.steps: {values: [5]}")).Plan;

        plan.Swept.ShouldBe(["sampler.steps"]);
        plan.Configurations.Single().Swept.Keys.ShouldBe(["sampler.steps"]);
    }
}
