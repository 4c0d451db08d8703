using Shared.Experiments;
using Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>What <c>--set</c> does to a file, and the exact line that a wrong one gives.</summary>
public sealed class Settings
{
    [Theory]
    [InlineData("sampler.steps=7", "7")]
    [InlineData("sampler.steps= 7 ", "7")]
    [InlineData("parameters.sampler.steps=7", "7")]
    [InlineData("sampler.steps=0x7", "7")]
    public void A_setting_takes_the_place_of_a_parameter_of_the_file(string setting, string value)
    {
        var spec = With(Toy("sampler.steps: 20", "model.hidden: 8"), setting).Spec;

        spec.Parameters.Select(p => p.Name).ShouldBe(["sampler.steps", "model.hidden"]);
        spec.Parameters[0].Values.Single().Json.ShouldBe(value);
    }

    [Fact]
    public void A_setting_adds_a_parameter_that_the_file_leaves_out()
    {
        var withoutKey = Toy().Replace("parameters:\n", "", StringComparison.Ordinal);

        With(Toy(), "sampler.steps=7").Spec.Parameters.Single().Name.ShouldBe("sampler.steps");
        With(withoutKey, "sampler.steps=7").Spec.Parameters.Single().Name.ShouldBe("sampler.steps");
    }

    [Fact]
    public void A_setting_may_sweep_and_a_swept_parameter_may_be_fixed()
    {
        var file = Toy("sampler.step_size: {values: [0.1, 0.3]}");

        With(file, "sampler.steps={values: [5, 10, 20]}").Plan.Trials.Length.ShouldBe(6);
        With(file, "sampler.step_size=0.2").Plan.Swept.ShouldBeEmpty();
        With(file, "sampler.step_size={schedule: geometric, start: 1, end: 0.1}").Plan.Trials.Length
            .ShouldBe(1);
    }

    [Fact]
    public void A_setting_of_the_head_takes_its_place()
    {
        var spec = With(
            Toy() + "seed: 4\n", "seed=9", "replicates=3", "name=other", "retries=0", "question=Why?").Spec;

        (spec.Seed, spec.Replicates, spec.Name, spec.Retries, spec.Question)
            .ShouldBe((9L, 3, "other", 0, "Why?"));
    }

    [Fact]
    public void The_stored_file_is_the_one_that_results()
    {
        var set = With(Toy("sampler.steps: 20"), "sampler.steps=7", "seed=2").Plan;

        set.Spec.ShouldBe(Parsed(Toy("sampler.steps: 7") + "seed: 2\n").Plan.Spec);
        set.Choices!.Settings.ShouldBe(["sampler.steps=7", "seed=2"]);
        Parsed(Toy()).Plan.Choices.ShouldBeNull();
    }

    [Fact]
    public void A_setting_repairs_what_is_wrong_in_the_file() =>
        With(Toy("sampler.steps: many"), "sampler.steps=7").Spec.Parameters.Single().Values.Single()
            .Json.ShouldBe("7");

    [Theory]
    [InlineData(
        "sampler.steps", "--set sampler.steps: found no =, expected KEY=VALUE, such as sampler.steps=20")]
    [InlineData("=20", "--set =20: found no key, expected KEY=VALUE, such as sampler.steps=20")]
    [InlineData(
        "sampler.steps=many",
        "--set sampler.steps=many: parameters.sampler.steps: found \"many\", "
            + "expected a whole number from 1 to 100000 (steps)")]
    [InlineData(
        "sampler.steps=",
        "--set sampler.steps=: parameters.sampler.steps: found nothing, "
            + "expected a whole number from 1 to 100000 (steps)")]
    [InlineData(
        "metric={name: gap}",
        "--set metric={name: gap}: metric: found a key that only the file may hold, "
            + "expected a parameter, or one of name, question, data, seed, replicates, retries")]
    [InlineData("seed=x", "--set seed=x: seed: found \"x\", expected a whole number")]
    [InlineData(
        "sampler.steps={values: []}",
        "--set sampler.steps={values: []}: parameters.sampler.steps.values: found an empty list, "
            + "expected a list of at least one value")]
    public void A_wrong_setting_is_named_with_its_key(string setting, string problem) =>
        ProblemsWith(Toy(), setting).ShouldHaveSingleItem().ShouldStartWith(problem);

    [Theory]
    [InlineData("sampler.stepz=7", "found an unknown parameter, expected sampler.steps perhaps, ")]
    [InlineData("sampler.steps=[1, 2", "--set sampler.steps=[1, 2: sampler.steps: found text that cannot")]
    [InlineData("sampler.steps=&a 7", "found an anchor, expected a value written out")]
    public void A_setting_that_cannot_be_meant_says_what_was_expected(string setting, string part) =>
        ProblemsWith(Toy(), setting).ShouldHaveSingleItem().ShouldContain(part);

    [Fact]
    public void The_same_key_twice_is_refused() =>
        ProblemsWith(Toy(), "sampler.steps=7", "sampler.steps=8").ShouldBe(
            ["--set sampler.steps=8: sampler.steps: found the key a second time, expected each key once"]);

    [Fact]
    public void A_conflict_that_a_setting_brings_to_a_line_of_the_file_says_so() =>
        ProblemsWith(
                Toy("initialisation.buffer_size: 300"), "training.batch_size=400")
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                p => p.ShouldStartWith("x.yaml:6:3: parameters.initialisation.buffer_size: found 300, "),
                p => p.ShouldEndWith(" (with --set training.batch_size=400)"));

    [Fact]
    public void Problems_of_the_file_are_said_beside_those_of_a_setting() =>
        ProblemsWith(Toy("model.hidden: many"), "sampler.steps=many").Length.ShouldBe(2);

    internal static SweepFileResult.Parsed With(string text, params string[] settings) =>
        With(text, new SweepChoices(null, [.. settings]));

    internal static SweepFileResult.Parsed With(string text, SweepChoices choices) =>
        SweepFile.Parse(text, "x.yaml", ExperimentCatalog.Default, choices) switch
        {
            SweepFileResult.Parsed parsed => parsed,
            SweepFileResult.Wrong wrong => throw new ShouldAssertException(string.Join('\n', wrong.Problems)),
            _ => throw new ShouldAssertException("neither parsed nor wrong"),
        };

    internal static string[] ProblemsWith(string text, params string[] settings) =>
        ProblemsWith(text, new SweepChoices(null, [.. settings]));

    internal static string[] ProblemsWith(string text, SweepChoices choices) =>
        SweepFile.Parse(text, "x.yaml", ExperimentCatalog.Default, choices) is SweepFileResult.Wrong wrong
            ? [.. wrong.Problems.Select(problem => problem.ToString())]
            : [];
}
