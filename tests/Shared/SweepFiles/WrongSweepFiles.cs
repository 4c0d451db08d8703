using Shared.Experiments;
using Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>One kind of mistake a test, and the exact line it gives.</summary>
public sealed class WrongSweepFiles
{
    private const string TopKeys =
        "name, question, experiment, data, seed, replicates, retries, metric, parameters, scales, samples, "
        + "checkpoint, resources, requirements, from, report";

    private const string Metrics =
        "loss, loss_contrastive, loss_energy_l2, loss_gradient_penalty, gradient_norm, energy_data, "
        + "energy_samples, gap, gap_sd, gradient_norm_chain, clipped_share, saturation, displacement, "
        + "gradient_evaluations, chain_age, chain_age_p95, reinitialised_share, energy_buffer, "
        + "kl, log_z, acceptance";

    [Fact]
    public void Of_a_file_that_is_no_sweep_file_nothing_is_told() =>
        Problems("root:$6$secret:19700:0:99999:7:::\ndaemon: secret\n").ShouldBe(
            [$"x.yaml:1:1: found no key of a sweep file, expected {TopKeys}"]);

    [Fact]
    public void An_unknown_key_is_cut()
    {
        var problems = Problems($"name: x\n{new string('k', 41)}: secret\n");

        problems.ShouldContain(line => line.StartsWith($"x.yaml:2:1: {new string('k', 40)}…: found an unknown key"));
        problems.ShouldNotContain(line => line.Contains("secret"));
    }

    [Theory]
    [InlineData(10, 10, "x.yaml: key 10: found a, expected b")]
    [InlineData(11, 11, "… and 1 more")]
    [InlineData(22, 11, "… and 12 more")]
    public void A_person_is_shown_the_first_problems_and_how_many_more_there_are(int problems, int lines, string last)
    {
        var shown = SweepFileProblem.Lines(
            [.. Enumerable.Range(1, problems).Select(n => new SweepFileProblem("x.yaml", null, null, $"key {n}", "a", "b"))])
            .ToList();

        shown.Count.ShouldBe(lines);
        shown[^1].ShouldBe(last);
    }

    [Fact]
    public void A_parameter_of_the_wrong_type_names_its_range_and_unit() =>
        Problems(Toy("sampler.steps: many")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found \"many\", "
                + "expected a whole number from 1 to 100000 (steps)"]);

    [Fact]
    public void A_number_out_of_range_is_refused() =>
        Problems(Toy("sampler.steps: 0")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found 0, "
                + "expected a whole number from 1 to 100000 (steps)"]);

    [Fact]
    public void A_fraction_is_no_whole_number() =>
        Problems(Toy("sampler.steps: 2.5")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found 2.5, "
                + "expected a whole number from 1 to 100000 (steps)"]);

    [Fact]
    public void A_quoted_number_is_a_text() =>
        Problems(Toy("sampler.steps: \"10\"")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found \"10\", "
                + "expected a whole number from 1 to 100000 (steps)"]);

    [Fact]
    public void An_underscore_makes_a_text_of_a_number() =>
        Problems(Toy("sampler.steps: 1_000")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found \"1_000\", "
                + "expected a whole number from 1 to 100000 (steps)"]);

    [Theory]
    [InlineData(".inf")]
    [InlineData("-.inf")]
    [InlineData(".nan")]
    [InlineData("1e999")]
    public void A_number_that_is_not_finite_is_refused(string number) =>
        Problems(Toy($"training.beta1: {number}")).ShouldBe(
            [$"x.yaml:6:3: parameters.training.beta1: found {number}, "
                + "expected a number at least 0, below 1"]);

    [Fact]
    public void An_exclusive_end_is_refused_in_words_that_say_so() =>
        Problems(Toy("training.learning_rate: 0")).ShouldBe(
            ["x.yaml:6:3: parameters.training.learning_rate: found 0, expected a number above 0, at most 1"]);

    [Fact]
    public void A_limit_that_may_be_absent_says_how() =>
        Problems(Toy("training.gradient_norm: 0")).ShouldBe(
            ["x.yaml:6:3: parameters.training.gradient_norm: found 0, "
                + "expected a number above 0, at most 1000000, or none"]);

    [Fact]
    public void A_word_that_is_no_option_names_the_options() =>
        Problems(Toy("initialisation.start: disk")).ShouldBe(
            ["x.yaml:6:3: parameters.initialisation.start: found \"disk\", expected noise or data or buffer"]);

    [Fact]
    public void A_parameter_without_a_value_is_refused() =>
        Problems(Toy("model.hidden:")).ShouldBe(
            ["x.yaml:6:3: parameters.model.hidden: found nothing, "
                + "expected a whole number from 1 to 4096 (units)"]);

    [Fact]
    public void A_misspelt_parameter_is_recognised() =>
        Problems(Toy("sampler.step_sise: 1"))[0].ShouldStartWith(
            "x.yaml:6:3: parameters.sampler.step_sise: found an unknown parameter, "
            + "expected sampler.step_size perhaps, one of model.hidden, model.activation, ");

    [Fact]
    public void A_parameter_without_its_group_is_recognised() =>
        Problems(Toy("stepsize: 1"))[0].ShouldStartWith(
            "x.yaml:6:3: parameters.stepsize: found an unknown parameter, "
                + "expected sampler.step_size perhaps, one of ");

    [Fact]
    public void A_parameter_like_no_other_gets_the_list_alone() =>
        Problems(Toy("colour: red"))[0].ShouldStartWith(
            "x.yaml:6:3: parameters.colour: found an unknown parameter, expected one of model.hidden, ");

    [Fact]
    public void Groups_are_not_nested() =>
        Problems(Toy("initialisation: {start: noise}")).ShouldBe(
            ["x.yaml:6:3: parameters.initialisation: found a group, expected dotted names: "
                + "initialisation.start, initialisation.noise, initialisation.noise_scale, "
                + "initialisation.policy, initialisation.buffer_size, initialisation.reinitialisation"]);

    [Fact]
    public void A_bare_list_is_told_how_to_sweep() =>
        Problems(Toy("sampler.steps: [10, 20]")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found a list, "
                + "expected a whole number from 1 to 100000 (steps); several are written {values: […]}"]);

    [Fact]
    public void Keys_where_a_number_belongs_are_refused() =>
        Problems(Toy("sampler.steps: {min: 1, max: 5}")).ShouldBe(
            ["x.yaml:6:3: parameters.sampler.steps: found keys, "
                + "expected a whole number from 1 to 100000 (steps); several are written {values: […]}"]);

    [Fact]
    public void A_misspelt_values_key_is_told_how_several_values_are_written() =>
        Problems(Toy("sampler.step_size: {vals: [1, 2]}")).Single()
            .ShouldEndWith("several are written {values: […]}");

    [Fact]
    public void A_question_that_would_steer_a_terminal_is_refused() =>
        SweepFile.Parse(
            "name: x\nquestion: \"\\e[31mred\"\nexperiment: toy\nmetric: {name: kl, goal: minimize}",
            "x.yaml",
            ExperimentCatalog.Default)
            .ShouldBeOfType<SweepFileResult.Wrong>().Problems.Single().Key.ShouldBe("question");

    [Fact]
    public void An_empty_list_of_values_is_refused() =>
        Problems(Toy("sampler.steps: {values: []}")).ShouldBe(
            ["x.yaml:6:19: parameters.sampler.steps.values: found an empty list, "
                + "expected a list of at least one value"]);

    [Fact]
    public void A_single_value_that_is_no_list_is_refused() =>
        Problems(Toy("sampler.steps: {values: 10}")).ShouldBe(
            ["x.yaml:6:19: parameters.sampler.steps.values: found 10, "
                + "expected a list of at least one value"]);

    [Fact]
    public void A_value_given_twice_is_refused_however_it_is_spelt() =>
        Problems(Toy("sampler.step_size: {values: [0.1, 1e-1]}")).ShouldBe(
            ["x.yaml:6:37: parameters.sampler.step_size.values: found 0.1 a second time, "
                + "expected each value once"]);

    [Fact]
    public void A_wrong_value_among_others_is_pointed_at() =>
        Problems(Toy("sampler.steps:", "  values:", "    - 10", "    - ten")).ShouldBe(
            ["x.yaml:9:9: parameters.sampler.steps.values: found \"ten\", "
                + "expected a whole number from 1 to 100000 (steps)"]);

    [Fact]
    public void A_key_beside_the_values_is_refused() =>
        Problems(Toy("sampler.steps: {values: [10], scale: log}")).ShouldBe(
            ["x.yaml:6:33: parameters.sampler.steps.scale: found an unknown key, expected values alone"]);

    [Fact]
    public void An_unknown_schedule_names_the_known_ones() =>
        Problems(Toy("sampler.step_size: {schedule: cosines, start: 1, end: 2}")).ShouldBe(
            ["x.yaml:6:23: parameters.sampler.step_size.schedule: found \"cosines\", "
                + "expected cosine perhaps, one of constant, cosine, geometric, linear, polynomial"]);

    [Fact]
    public void A_schedule_says_which_key_is_missing_and_which_is_unknown() =>
        Problems(Toy("sampler.step_size: {schedule: geometric, start: 1, ende: 2}")).ShouldBe([
            "x.yaml:6:3: parameters.sampler.step_size.end: found nothing, "
                + "expected a number above 0, at most 1000000",
            "x.yaml:6:54: parameters.sampler.step_size.ende: found an unknown key, "
                + "expected end perhaps, one of schedule, start, end, ends",
        ]);

    [Fact]
    public void The_range_of_a_parameter_holds_for_the_ends_of_its_schedule() =>
        Problems(Toy("sampler.step_size: {values: [{schedule: geometric, start: 20, end: 0}]}")).ShouldBe(
            ["x.yaml:6:65: parameters.sampler.step_size.values.end: found 0, "
                + "expected a number above 0, at most 1000000"]);

    [Fact]
    public void What_is_wrong_with_the_power_or_the_ends_of_a_schedule_is_said_in_its_own_range() =>
        Problems(Toy("sampler.step_size: {schedule: polynomial, start: 9, end: 1, power: 0, ends: both}"))
            .ShouldBe([
                "x.yaml:6:63: parameters.sampler.step_size.power: found 0, "
                    + "expected a number above 0, at most 100",
                "x.yaml:6:73: parameters.sampler.step_size.ends: found \"both\", "
                    + "expected one of inclusive, left, right",
            ]);

    [Fact]
    public void A_gradient_is_clipped_in_one_way() =>
        Problems(Toy("sampler.value_clip: 1\n  sampler.norm_clip: 2")).ShouldBe(
            ["x.yaml:7:3: parameters.sampler.norm_clip: found 2, expected none, or sampler.value_clip: none; "
                + "a gradient is clipped in one way"]);

    [Theory]
    [InlineData("{values: [9, 10]}", "10")]
    [InlineData("255", "255")]
    public void A_class_that_the_data_lack_is_none_to_hold_out(string written, string found) =>
        Problems($"""
            name: held
            question: Which class?
            experiment: two-head
            data: fashion-mnist
            metric: {"{name: accuracy, goal: maximize}"}
            parameters:
              training.held_out_class: {written}
            """).ShouldBe(
            [$"x.yaml:7:3: parameters.training.held_out_class: found {found}, expected a class of fashion-mnist, from 0 to 9"]);

    [Fact]
    public void A_parameter_that_several_values_switch_on_is_swept_beside_no_other() =>
        Problems(Toy(
            "initialisation.start: data\n  initialisation.noise: {values: [uniform, gaussian]}")).ShouldBe(
            ["x.yaml:7:3: parameters.initialisation.noise: found several values, "
                + "expected one value, or none: it means something only while initialisation.start is noise or buffer"]);

    [Fact]
    public void Noise_may_fall_to_zero_but_not_by_equal_ratios() =>
        Problems(Toy(
            "sampler.form: decoupled\n  sampler.noise: {schedule: geometric, start: 0.1, end: 0}")).ShouldBe(
            ["x.yaml:7:52: parameters.sampler.noise.end: found 0, expected a number above 0, at most 1000"]);

    [Fact]
    public void An_unknown_key_of_the_file_is_recognised() =>
        Problems(Toy() + "replicate: 2\n").ShouldBe(
            [$"x.yaml:6:1: replicate: found an unknown key, expected replicates perhaps, one of {TopKeys}"]);

    [Fact]
    public void Every_missing_key_is_named() =>
        Problems("experiment: two-head").ShouldBe([
            "x.yaml:1:1: name: found nothing, "
                + "expected lower-case letters, digits and hyphens, at most 64, no hyphen first",
            "x.yaml:1:1: question: found nothing, expected one sentence of at most 500 characters, no control characters",
            "x.yaml:1:1: data: found nothing, expected one of fashion-mnist, mnist, "
                + "or {images: PATH, labels: PATH}",
            "x.yaml:1:1: metric: found nothing, expected {name: …, goal: minimize or maximize}",
        ]);

    [Theory]
    [InlineData("Toy", "\"Toy\"")]
    [InlineData("-toy", "\"-toy\"")]
    [InlineData("2026", "2026")]
    [InlineData("a_b", "\"a_b\"")]
    [InlineData("''", "\"\"")]
    [InlineData("[toy]", "a list")]
    public void A_name_that_could_not_be_a_folder_is_refused(string name, string found) =>
        Problems(Toy().Replace("name: toy", $"name: {name}", StringComparison.Ordinal)).ShouldBe(
            [$"x.yaml:1:1: name: found {found}, "
                + "expected lower-case letters, digits and hyphens, at most 64, no hyphen first"]);

    [Fact]
    public void A_name_of_65_characters_is_refused_and_one_of_64_is_not()
    {
        Problems(Toy().Replace("name: toy", $"name: {new string('a', 65)}", StringComparison.Ordinal))
            .Length.ShouldBe(1);
        Problems(Toy().Replace("name: toy", $"name: {new string('a', 64)}", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_experiment_lists_the_known_ones() =>
        Problems(Toy().Replace("experiment: toy", "experiment: ising", StringComparison.Ordinal)).ShouldBe(
            ["x.yaml:3:1: experiment: found \"ising\", expected one of "
                + "conv-energy, energy-net, evaluation, jem, toy, two-head"]);

    [Fact]
    public void An_unknown_data_set_lists_the_known_ones() =>
        Problems(Quickstart.Replace("data: fashion-mnist", "data: mnits", StringComparison.Ordinal)).ShouldBe(
            ["x.yaml:4:1: data: found \"mnits\", expected one of fashion-mnist, mnist, "
                + "or {images: PATH, labels: PATH}"]);

    [Fact]
    public void Data_for_an_experiment_that_makes_its_own_is_refused() =>
        Problems(Toy() + "data: mnist\n").ShouldBe(
            ["x.yaml:6:1: data: found \"mnist\", expected no data set: toy makes its own data"]);

    [Fact]
    public void A_metric_that_the_experiment_does_not_report_is_refused() =>
        Problems(Toy().Replace("name: kl", "name: fid_clf", StringComparison.Ordinal)).ShouldBe(
            [$"x.yaml:4:10: metric.name: found \"fid_clf\", expected one of {Metrics}"]);

    [Fact]
    public void A_metric_of_kind_timing_is_refused() =>
        Problems(Toy().Replace("name: kl", "name: updates_per_second", StringComparison.Ordinal)).ShouldBe(
            [$"x.yaml:4:10: metric.name: found \"updates_per_second\", expected one of {Metrics}"]);

    [Fact]
    public void A_misspelt_goal_is_recognised() =>
        Problems(Toy().Replace("goal: minimize", "goal: minimise", StringComparison.Ordinal)).ShouldBe(
            ["x.yaml:4:20: metric.goal: found \"minimise\", "
                + "expected minimize perhaps, one of minimize, maximize"]);

    [Fact]
    public void A_metric_without_its_goal_is_refused() =>
        Problems(Toy().Replace(", goal: minimize", ", kind: result", StringComparison.Ordinal)).ShouldBe([
            "x.yaml:4:1: metric.goal: found nothing, expected one of minimize, maximize",
            "x.yaml:4:20: metric.kind: found an unknown key, expected one of name, goal",
        ]);

    [Fact]
    public void A_metric_by_name_alone_is_told_its_form() =>
        Problems(Toy().Replace("{name: kl, goal: minimize}", "kl", StringComparison.Ordinal)).ShouldBe(
            ["x.yaml:4:1: metric: found \"kl\", expected {name: …, goal: minimize or maximize}"]);

    [Theory]
    [InlineData("replicates: 0", "replicates: found 0, expected a whole number from 1 to 1000")]
    [InlineData("replicates: 1001", "replicates: found 1001, expected a whole number from 1 to 1000")]
    [InlineData("retries: -1", "retries: found -1, expected a whole number from 0 to 100")]
    [InlineData("retries: 101", "retries: found 101, expected a whole number from 0 to 100")]
    [InlineData("seed: true", "seed: found true, expected a whole number of 64 bits")]
    [InlineData(
        "seed: 9223372036854775808", "seed: found 9223372036854775808, expected a whole number of 64 bits")]
    [InlineData("seed: 1.5", "seed: found 1.5, expected a whole number of 64 bits")]
    public void A_count_outside_its_limits_is_refused(string line, string problem) =>
        Problems(Toy() + line + "\n").ShouldBe([$"x.yaml:6:1: {problem}"]);

    [Fact]
    public void All_problems_are_reported_at_once_in_the_order_of_the_file()
    {
        var problems = Problems(
            """
            name: Toy
            question: ''
            experiment: toy
            metric: {name: kl, goal: up}
            replicates: none
            parameters:
              sampler.steps: 0
              sampler.steps: 20
              model.width: 3
            """);

        problems.Select(problem => problem.Split(": found")[0]).ShouldBe([
            "x.yaml:1:1: name",
            "x.yaml:2:1: question",
            "x.yaml:4:20: metric.goal",
            "x.yaml:5:1: replicates",
            "x.yaml:7:3: parameters.sampler.steps",
            "x.yaml:8:3: parameters.sampler.steps",
            "x.yaml:9:3: parameters.model.width",
        ]);
    }

    [Fact]
    public void Parameters_that_are_no_keys_are_refused() =>
        Problems(Toy().Replace("parameters:", "parameters: [sampler.steps]", StringComparison.Ordinal))
            .ShouldBe(["x.yaml:5:1: parameters: found a list, expected dotted names with values"]);

    [Fact]
    public void The_file_is_named_as_the_caller_names_it() =>
        SweepFile.Parse("", "sweeps/mine.yaml", ExperimentCatalog.Default)
            .ShouldBeOfType<SweepFileResult.Wrong>().Problems.Single().ToString()
            .ShouldBe("sweeps/mine.yaml:1:1: found an empty file, expected a sweep file");

    [Theory]
    [InlineData("kl", "minimize", "maximize", "small")]
    [InlineData("gap_sd", "minimize", "maximize", "small")]
    public void A_goal_against_its_metric_is_refused(string metric, string right, string wrong, string better)
    {
        var file = Toy().Replace("name: kl", $"name: {metric}", StringComparison.Ordinal);

        Problems(file.Replace("minimize", right, StringComparison.Ordinal)).ShouldBeEmpty();
        Problems(file.Replace("minimize", wrong, StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldEndWith($"metric.goal: found \"{wrong}\", expected {right}: {better} values of {metric} are better");
    }

    [Fact]
    public void A_metric_that_only_describes_may_have_either_goal() =>
        Problems(Toy()
            .Replace("name: kl", "name: energy_data", StringComparison.Ordinal)
            .Replace("minimize", "maximize", StringComparison.Ordinal)).ShouldBeEmpty();
}
