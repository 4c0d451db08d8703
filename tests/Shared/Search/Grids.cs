using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.Search;

public sealed class Grids
{
    private static SweepPlan Plan(params string[] parameters) => Parsed(Toy(parameters)).Plan;

    private static IEnumerable<string> Labels(SweepPlan plan) =>
        plan.Configurations.Select(c => string.Join(' ', plan.Swept.Select(
            name => c.Swept.TryGetValue(name, out var value) ? value.Display : "-")));

    [Fact]
    public void The_last_swept_parameter_varies_fastest_and_values_keep_their_order() =>
        Labels(Plan("sampler.steps: {values: [9, 3]}", "model.hidden: {values: [8, 16, 4]}")).ShouldBe(
            ["9 8", "9 16", "9 4", "3 8", "3 16", "3 4"]);

    [Fact]
    public void Trials_are_configuration_major_and_numbered_from_one()
    {
        var plan = Parsed(Toy("sampler.steps: {values: [9, 3]}") + "replicates: 2\n").Plan;
        var (first, second) = (plan.Configurations[0].Id, plan.Configurations[1].Id);

        plan.Trials.ShouldBe([new(1, first, 1), new(2, first, 2), new(3, second, 1), new(4, second, 2)]);
    }

    [Fact]
    public void A_swept_parameter_multiplies_only_the_configurations_in_which_it_is_on() =>
        Labels(Plan(
            "initialisation.buffer_size: {values: [500, 400]}",
            "initialisation.start: {values: [noise, buffer]}"))
            .ShouldBe(["- noise", "500 buffer", "400 buffer"]);

    [Fact]
    public void What_is_switched_off_stands_where_its_first_value_would() =>
        Labels(Plan(
            "initialisation.start: {values: [buffer, noise]}",
            "initialisation.buffer_size: {values: [500, 400]}"))
            .ShouldBe(["buffer 500", "buffer 400", "noise -"]);

    [Fact]
    public void A_fixed_parameter_that_is_off_in_some_configuration_is_ignored_by_name() =>
        Plan(
            "initialisation.start: {values: [buffer, noise]}",
            "initialisation.buffer_size: 500",
            "sampler.steps: 5")
            .Ignored.ShouldBe(["initialisation.buffer_size"]);

    [Fact]
    public void A_fixed_parameter_that_is_off_everywhere_is_ignored_by_name() =>
        Plan("initialisation.start: noise", "initialisation.buffer_size: 500", "sampler.noise: 0.1")
            .Ignored.ShouldBe(["initialisation.buffer_size", "sampler.noise"]);

    [Fact]
    public void A_fixed_parameter_that_is_on_is_not_ignored() =>
        Plan("initialisation.buffer_size: 500", "model.hidden: 8").Ignored.ShouldBeEmpty();

    [Fact]
    public void A_configuration_holds_every_parameter_that_is_on_with_its_default()
    {
        var plan = Plan("initialisation.start: noise", "model.hidden: {values: [8]}");
        var resolved = plan.Configurations.Single().Resolved;

        resolved["model.hidden"].Display.ShouldBe("8");
        resolved["sampler.steps"].Display.ShouldBe("20");
        resolved.Keys.ShouldNotContain("initialisation.buffer_size");
        resolved.Keys.ShouldNotContain("sampler.noise", "the toy's form is textbook");
    }

    [Fact]
    public void An_id_comes_from_the_swept_values_alone()
    {
        var one = Plan("sampler.steps: {values: [9]}", "model.hidden: 8").Configurations.Single();
        var other = Plan("model.hidden: 16", "sampler.steps: {values: [9]}").Configurations.Single();

        one.Id.ShouldBe(other.Id);
        one.Id.ShouldBe("c4f2dbf7", "sha256 of {\"sampler.steps\":9}");
    }

    [Fact]
    public void A_swept_parameter_that_is_never_on_is_refused() =>
        Problems(Toy("initialisation.start: noise", "initialisation.buffer_size: {values: [500, 400]}"))
            .ShouldBe(["x.yaml:7:3: parameters.initialisation.buffer_size: found several values, "
                + "expected one value, or none: "
                + "it means something only while initialisation.start is buffer"]);

    [Fact]
    public void Parameters_that_clash_are_refused_where_the_one_to_change_stands() =>
        Problems(Toy("initialisation.start: {values: [noise, buffer]}", "initialisation.buffer_size: 64"))
            .ShouldBe(["x.yaml:7:3: parameters.initialisation.buffer_size: found 64, "
                + "expected at least training.batch_size (256 slots)"]);

    [Fact]
    public void Parameters_that_clash_with_a_default_are_refused_at_the_parameters() =>
        Problems(Toy("training.batch_size: {values: [64, 4096]}")).ShouldBe(
            ["x.yaml:5:1: parameters.initialisation.buffer_size: found 2000, "
                + "expected at least training.batch_size (4096 slots)"]);

    [Fact]
    public void Ten_thousand_trials_are_allowed_and_one_more_is_not()
    {
        var hundred = $"{{values: [{string.Join(", ", Enumerable.Range(1, 100))}]}}";
        var one = $"{{values: [{string.Join(", ", Enumerable.Range(1, 101))}]}}";

        Plan($"sampler.steps: {hundred}", $"training.updates: {hundred}").Trials.Length.ShouldBe(10_000);
        Problems(Toy($"sampler.steps: {hundred}", $"training.updates: {one}")).ShouldBe(
            ["x.yaml:5:1: parameters: found more than 10000 trials, "
                + "expected at most 10000 (configurations × 1 replicates)"]);
    }

    [Fact]
    public void A_grid_beyond_all_counting_is_refused_at_once()
    {
        var values = $"{{values: [{string.Join(", ", Enumerable.Range(10, 500))}]}}";
        var names = ExperimentCatalog.Default.Find("toy")!.Parameters
            .Where(parameter => parameter.Type is ParameterType.Whole)
            .Select(parameter => $"{parameter.Name}: {values}");

        Problems(Toy([.. names])).Length.ShouldBe(1);
    }

    [Fact]
    public void Replicates_count_towards_the_limit()
    {
        var eleven = $"sampler.steps: {{values: [{string.Join(", ", Enumerable.Range(1, 11))}]}}";

        Problems(Toy(eleven) + "replicates: 909\n").ShouldBeEmpty();
        Problems(Toy(eleven) + "replicates: 910\n").Length.ShouldBe(1);
    }

    [Fact]
    public void A_plan_beyond_the_limit_is_a_fault_of_the_caller()
    {
        var parsed = Parsed(Toy("sampler.steps: {values: [1, 2]}"));

        Should.Throw<ArgumentException>(
            () => Grid.Plan(parsed.Spec with { Replicates = 5_001 }, parsed.Experiment));
    }

    [Fact]
    public void The_table_of_trials_has_a_column_a_swept_parameter_and_empty_cells_where_it_is_off()
    {
        var plan = Plan(
            "initialisation.start: {values: [noise, buffer]}", "initialisation.buffer_size: {values: [500]}");
        var table = TrialTable.Of(plan);

        table.Header.ShouldBe(
            ["trial", "configuration", "replicate", "initialisation.start", "initialisation.buffer_size"]);
        table.Rows.Select(row => string.Join('|', row)).ShouldBe([
            $"1|{plan.Configurations[0].Id}|1|noise|",
            $"2|{plan.Configurations[1].Id}|1|buffer|500",
        ]);
    }

    [Fact]
    public void The_table_spells_a_schedule_as_reports_do() =>
        TrialTable.Of(Parsed(Quickstart).Plan).Rows[^1][3..].ShouldBe(["geometric(20..2)", "buffer"]);

    [Fact]
    public void Resolved_parameters_survive_their_json()
    {
        foreach (var configuration in Parsed(Quickstart).Plan.Configurations)
        {
            Configuration.ParametersOf(
                Configuration.JsonOf(configuration.Resolved)).ShouldBe(configuration.Resolved);
        }
    }
}
