using Shared.Experiments;
using Shared.Sweeps;
using Tests.Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>What a sweep file says of an evaluation.</summary>
public sealed class EvaluationFiles
{
    public const string Ood = """
        name: demo-ood
        question: Do the models know other images?
        experiment: evaluation
        metric: {name: auroc_f_fashion_mnist, goal: maximize}
        from: {sweep: demo}
        parameters:
          ood.set: others
          ood.images: 500
        """;

    [Fact]
    public void A_file_names_the_sweep_that_it_measures_and_may_name_one_trial()
    {
        var plan = Parsed(Ood).Plan;

        (plan.IsEvaluation, plan.From, plan.Data).ShouldBe((true, new ParentSweep("demo", ParentSweep.Model), null));
        Parsed(plan.Spec).Plan.Spec.ShouldBe(plan.Spec, "canonical JSON says the same");
        var one = Parsed(Ood.Replace("{sweep: demo}", "{sweep: demo, trial: 3}", StringComparison.Ordinal)).Plan;
        one.From!.Trial.ShouldBe(3);
        CanonicalSpec.ChangedKeys(plan.Spec, one.Spec).ShouldBe(["from.trial"]);
    }

    [Theory]
    [InlineData("from: {sweep: demo}", "", "from: found nothing, expected {sweep: NAME}")]
    [InlineData("from: {sweep: demo}", "from: {sweep: demo, trial: 0}", "from.trial: found 0, expected a whole number from 1 to")]
    [InlineData("seed: 1", "data: mnist", "expected no data set: an evaluation measures on the data of the sweep that it")]
    [InlineData("seed: 1", "replicates: 3", "expected no replicates: an evaluation has those of the sweep that it")]
    [InlineData("ood.images: 500", "ood.images: {values: [500, 600]}", "parameters.ood.images: found several values, expected one")]
    [InlineData("ood.set: others", "ood.set: none", "parameters.ood.set: found none, expected something to measure")]
    [InlineData("ood.set: others", "ood.set: svhn", "parameters.ood.set: found \"svhn\", expected none or others")]
    public void What_an_evaluation_cannot_be_is_refused_by_its_place(string line, string instead, string problem)
    {
        var text = $"seed: 1\n{Ood}".Replace(line, instead, StringComparison.Ordinal);

        Problems(text).ShouldContain(found => found.Contains(problem, StringComparison.Ordinal), text);
    }

    [Fact]
    public void The_command_writes_a_file_that_a_user_could_have_written()
    {
        var measured = Sweep.Fold(
            [Given.Submitted(4) with { Plan = Given.Plan(4) with { Experiment = "jem", Data = "mnist" } }]);

        var plan = Parsed(EvaluationFile.Of(measured, ["ood"], trial: null)).Plan;

        plan.From.ShouldBe(new ParentSweep("demo", ParentSweep.Model));
        plan.Metric.ShouldBe(new MetricGoal("auroc_f_fashion_mnist", Goal.Maximize));
        plan.Seed.ShouldBe(measured.Plan!.Seed);
        var noise = new ModelEvaluationParameters { Ood = new() { Set = OodSet.Noise } };
        Parsed(EvaluationFile.Of(measured, ["ood"], trial: null, noise)).Plan.Metric.Name.ShouldBe("auroc_f_noise");
        Parsed(EvaluationFile.Of(measured, ["ood"], trial: 2)).Spec.Name.ShouldBe("demo-trial-2-ood");
        Parsed(EvaluationFile.Of(measured, ["ood", "samples", "pgd", "chains"], trial: null)).Spec.Name
            .ShouldBe("demo-evaluation", "all that measures models of images");
        Parsed(EvaluationFile.Of(measured, ["ood", "samples", "pgd"], trial: null)).Spec.Name
            .ShouldBe("demo-ood-samples-pgd");
        Parsed(EvaluationFile.Of(measured with { Name = new string('a', 64) }, ["ood"], trial: null)).Spec.Name
            .ShouldBe(new string('a', 60) + "-ood");
    }

    [Fact]
    public void Every_part_switches_itself_on_and_names_metrics_that_are_declared()
    {
        foreach (var part in EvaluationPart.All)
        {
            var declaration = ExperimentCatalog.Default.Find("evaluation")!;
            var bound = declaration.Bind<ModelEvaluationParameters>(
                global::Shared.Search.Configuration.ParametersOf($$"""{"{{part.Switch}}":"{{part.On}}"}"""));

            bound.Parts.ShouldBe([part], part.Name);
            foreach (var data in (string?[])["mnist", "fashion-mnist"])
            {
                declaration.Metrics.Select(m => m.Name).ShouldContain(part.Ranking(bound, data).Name, part.Name);
            }
        }
    }
}
