using Shared.Experiments;
using Shared.Sweeps;
using Tests.Shared.SweepFiles;

namespace Tests.Shared.Sweeps;

public sealed class SweepExtensionTests
{
    private const string File = """
        name: toy
        question: Does a buffer help?
        experiment: toy
        seed: 3
        replicates: 2
        metric: {name: kl, goal: minimize}
        parameters:
          sampler.step_size: {values: [0.1, 0.2]}
          initialisation.start: {values: [noise, buffer]}
          training.updates: 50
        """;

    private static readonly SweepPlan Plan = SweepFileFixture.Parsed(File).Plan;

    [Fact]
    public void More_replicates_are_numbered_on_and_leave_the_configurations()
    {
        var added = Added("replicates: 2", "replicates: 4");

        added.Configurations.ShouldBeEmpty();
        added.Swept.ShouldBe(Plan.Swept);
        added.Trials.Select(t => t.Number).ShouldBe(Enumerable.Range(9, 8));
        added.Trials.Select(t => (t.Configuration, t.Replicate)).ShouldBe(
            Plan.Configurations.SelectMany(c => new[] { (c.Id, 3), (c.Id, 4) }));
    }

    [Fact]
    public void More_values_make_the_configurations_that_one_file_would_have_made()
    {
        var added = Added("[0.1, 0.2]", "[0.1, 0.15, 0.2]");
        var whole = SweepFileFixture.Parsed(Replaced("[0.1, 0.2]", "[0.1, 0.15, 0.2]")).Plan;

        added.Configurations.Length.ShouldBe(2);
        whole.Configurations.Select(c => c.Id).ShouldBe(
            Plan.Configurations.Concat(added.Configurations).Select(c => c.Id), ignoreOrder: true);
        added.Trials.Select(t => (t.Configuration, t.Replicate)).ShouldBe(
            added.Configurations.SelectMany(c => new[] { (c.Id, 1), (c.Id, 2) }));
        added.Spec.ShouldBe(whole.Spec);
    }

    [Fact]
    public void More_of_both_gives_every_configuration_every_replicate()
    {
        var added = Added("[0.1, 0.2]", "[0.1, 0.15, 0.2]", "replicates: 2", "replicates: 3");

        var pairs = Plan.Trials.Concat(added.Trials).Select(t => (t.Configuration, t.Replicate)).ToList();
        pairs.Count.ShouldBe(18);
        pairs.Distinct().Count().ShouldBe(18);
        pairs.CountBy(pair => pair.Replicate).ShouldAllBe(count => count.Value == 6);
    }

    [Fact]
    public void The_aggregate_takes_the_addition_and_then_a_second_one()
    {
        var state = Sweep.Fold([
            Given.Submitted(1) with { Plan = Plan },
            new SweepEvent.SweepExtended(Given.Id(2), Given.At(2), Added("replicates: 2", "replicates: 3")),
        ]);
        var again = Planned(state.Plan!, Replaced("replicates: 2", "replicates: 3", "[0.1, 0.2]", "[0.1, 0.2, 0.3]"));

        again.Trials.Length.ShouldBe(6);
        again.Trials[0].Number.ShouldBe(13);
        Sweep.Decide(state, new SweepCommand.ExtendSweep(Given.Id(3), Given.At(3), again))
            .ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void The_stored_file_in_its_own_order_of_keys_extends_too()
    {
        var settings = new SweepChoices(null, ["initialisation.start={values: [noise, buffer, data]}"]);
        var parsed = SweepFile.Parse(Plan.Spec, "stored", ExperimentCatalog.Default, settings)
            .ShouldBeOfType<SweepFileResult.Parsed>();

        var added = SweepExtension.Plan(Plan, parsed.Spec, parsed.Experiment)
            .ShouldBeOfType<ExtensionResult.Planned>().Addition;

        added.Swept.ShouldBe(["sampler.step_size", "initialisation.start"]);
        added.Configurations.Select(c => c.Label).ShouldBe(["start data, step_size 0.1", "start data, step_size 0.2"]);
    }

    [Theory]
    [InlineData("seed: 3", "seed: 4", "seed")]
    [InlineData("name: toy", "name: toys", "name")]
    [InlineData("updates: 50", "updates: 60", "parameters.training.updates")]
    [InlineData("updates: 50", "updates: {values: [50, 60]}", "parameters.training.updates")]
    [InlineData("{values: [noise, buffer]}", "noise", "parameters.initialisation.start")]
    public void Anything_else_that_changes_is_named(string before, string after, string key) =>
        ShouldBeRefused(ExtensionProblem.OtherKeys, [key], before, after);

    [Fact]
    public void Every_other_key_is_named_and_those_that_may_change_are_not() =>
        ShouldBeRefused(
            ExtensionProblem.OtherKeys, ["metric.name", "question"],
            "name: kl", "name: gap_sd", "a buffer", "noise", "replicates: 2", "replicates: 3",
            "[0.1, 0.2]", "[0.1, 0.2, 0.3]");

    [Fact]
    public void A_value_that_is_there_cannot_go() => ShouldBeRefused(
        ExtensionProblem.ValuesRemoved, ["parameters.sampler.step_size"], "[0.1, 0.2]", "[0.1, 0.3]");

    [Fact]
    public void A_replicate_that_is_there_cannot_go() => ShouldBeRefused(
        ExtensionProblem.FewerReplicates, ["replicates"], "replicates: 2", "replicates: 1");

    [Theory]
    [InlineData("seed: 3", "seed: 3")]
    [InlineData("[0.1, 0.2]", "[0.2, 0.1]")]
    public void What_adds_nothing_is_refused(string before, string after) =>
        ShouldBeRefused(ExtensionProblem.NothingNew, [], before, after);

    private static void ShouldBeRefused(ExtensionProblem problem, string[] keys, params string[] changes)
    {
        var parsed = SweepFileFixture.Parsed(Replaced(changes));
        var refused = SweepExtension.Plan(Plan, parsed.Spec, parsed.Experiment)
            .ShouldBeOfType<ExtensionResult.Refused>();
        refused.Problem.ShouldBe(problem);
        refused.Keys.ShouldBe(keys);
    }

    private static SweepAddition Added(params string[] changes) => Planned(Plan, Replaced(changes));

    private static SweepAddition Planned(SweepPlan plan, string file)
    {
        var parsed = SweepFileFixture.Parsed(file);
        return SweepExtension.Plan(plan, parsed.Spec, parsed.Experiment)
            .ShouldBeOfType<ExtensionResult.Planned>().Addition;
    }

    /// <summary>The file with each text, that must be in it, replaced by the one after it.</summary>
    private static string Replaced(params string[] changes) => changes.Chunk(2).Aggregate(File, (text, change) =>
    {
        text.ShouldContain(change[0]);
        return text.Replace(change[0], change[1], StringComparison.Ordinal);
    });
}
