using Shared.Experiments;
using Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

public sealed class CanonicalSpecs
{
    private const string Swept = "sampler.step_size: {values: [0.1, 0.3]}";

    /// <summary>
    /// Every parameter of the toy by its name, with its default unless the file gives another.
    /// </summary>
    private static readonly string Parameters = string.Join(',', ExperimentCatalog.Default.Find("toy")!
        .Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
        .Select(p => (p.Name, p.Name == "sampler.step_size" ? "{\"values\":[0.1,0.3]}" : p.Default.Json))
        .Select(pair => $"\"{pair.Name}\":{pair.Item2}"));

    private static readonly string Spec =
        """{"experiment":"toy","metric":{"goal":"minimize","name":"kl"},"name":"toy","parameters":{"""
        + Parameters
        + """},"question":"How large may the step be?","replicates":1,"retries":2,"seed":1}""";

    [Fact]
    public void Canonical_json_has_every_default_and_one_order() =>
        Parsed(Toy(Swept)).Plan.Spec.ShouldBe(Spec);

    [Fact]
    public void A_value_is_spelled_as_canonical_json_spells_it()
    {
        Spec.ShouldContain(",\"training.beta1\":0.9,");
        Spec.ShouldContain("\"sampler.value_clip\":\"none\"");
        Spec.ShouldContain("\"detector.energy_limit\":100000,");
    }

    [Theory]
    [InlineData("sampler.step_size: {values: [1e-1, .3]}")]
    [InlineData("sampler.step_size: {'values': [0.10, 0.3]} # a comment")]
    [InlineData("sampler.steps: 20\n  sampler.step_size: {values: [0.1, 0.3]}")]
    [InlineData("sampler.step_size: {values: [0.1, 0.3]}\n  sampler.steps: 2e1")]
    [InlineData(
        "sampler.step_size:\n    values:\n      - 0.1\n      - 0.3\n  initialisation.start: \"buffer\"")]
    [InlineData("sampler.step_size: {values: [0.1, 0.3]}\n  training.gradient_norm: none")]
    public void How_a_file_is_written_changes_nothing(string parameters) =>
        Parsed(Toy(parameters)).Plan.Spec.ShouldBe(Spec);

    [Fact]
    public void The_order_of_keys_changes_nothing()
    {
        var lines = Toy(Swept).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var reversed = string.Join('\n', [.. lines[4..], .. lines[..4].Reverse()]);

        Parsed(reversed).Plan.Spec.ShouldBe(Spec);
    }

    [Theory]
    [InlineData("sampler.step_size: {values: [0.3, 0.1]}", "parameters.sampler.step_size")]
    [InlineData("sampler.step_size: {values: [0.1]}", "parameters.sampler.step_size")]
    [InlineData("sampler.step_size: 0.1", "parameters.sampler.step_size")]
    [InlineData(
        Swept + "\n  model.hidden: 32\n  sampler.steps: 21",
        "parameters.model.hidden parameters.sampler.steps")]
    [InlineData(Swept + "\nseed: 2\nreplicates: 3", "replicates seed")]
    [InlineData(Swept, "")]
    public void Changed_keys_are_named(string parameters, string changed) =>
        CanonicalSpec.ChangedKeys(Spec, Parsed(Toy(parameters)).Plan.Spec).ShouldBe(
            changed.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void A_data_set_and_a_goal_are_changed_keys_too()
    {
        var before = Parsed(Quickstart).Plan.Spec;
        var after = before
            .Replace("minimize", "maximize", StringComparison.Ordinal)
            .Replace("\"data\":\"fashion-mnist\",", "", StringComparison.Ordinal);

        CanonicalSpec.ChangedKeys(before, after).ShouldBe(["data", "metric.goal"]);
    }

    [Fact]
    public void Canonical_json_of_any_sweep_parses_to_itself()
    {
        var toy = ExperimentCatalog.Default.Find("toy")!;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var written = string.Join('\n', toy.Parameters
                .Where(parameter => parameter.Name != "sampler.norm_clip" && random.Next(2) == 0)
                .OrderBy(_ => random.Next())
                .Select(parameter => $"{parameter.Name}: {RandomSpelling(parameter, random)}")
                .Prepend("training.batch_size: 8")
                .DistinctBy(line => line.Split(':')[0])
                .Select(line => "  " + line));
            var json = Parsed(Toy() + written).Plan.Spec;

            Parsed(json).Plan.Spec.ShouldBe(json, $"seed {seed}: {written}");
        }
    }

    private static string RandomSpelling(ParameterDeclaration parameter, Random random) =>
        RandomSpelling(parameter.Type, random, maySweep: parameter.OnlyWhen is null);

    private static string RandomSpelling(ParameterType type, Random random, bool maySweep) =>
        type switch
        {
            ParameterType.Whole whole => $"{random.Next(Math.Max(8, (int)whole.Range.Minimum), 4_000)}",
            ParameterType.Choice choice => $"'{choice.Options[random.Next(choice.Options.Length)]}'",
            ParameterType.Optional optional =>
                random.Next(2) == 0 ? "none" : RandomSpelling(optional.Inner, random, maySweep: false),
            ParameterType.Truth => random.Next(2) == 0 ? "true" : "false",
            ParameterType.Varying => maySweep && random.Next(2) == 0
                ? $"{{values: [{random.NextDouble() + 0.01:F12}, 7e{random.Next(0, 3)}]}}"
                : $"{{start: {random.Next(1, 9)}.0, end: {random.NextDouble() + 0.01:R}, "
                    + $"schedule: {(random.Next(2) == 0 ? "geometric" : "linear, ends: right")}}}",
            _ => $"{random.NextDouble():E17}",
        };
}
