using System.Text;
using Shared.Experiments;
using Shared.Search;
using Tests.Shared.Reports;
using Tests.Torch;
using Tests.Training;
using Training.Experiments;
using Training.Models;

namespace Tests.Examples;

/// <summary>
/// The experiment of docs/ADD-AN-EXPERIMENT.md: one record and one class, and nothing else.
/// </summary>
[Collection(nameof(TorchCollection))]
public sealed class RoundExampleTests
{
    [Fact]
    public void The_document_shows_the_code_that_runs_here()
    {
        var page = Encoding.UTF8.GetString(RepositoryFiles.Read("docs/ADD-AN-EXPERIMENT.md"));
        var code = Encoding.UTF8.GetString(RepositoryFiles.Read("tests/Examples/RoundExample.cs"));
        page.Split("```csharp\n")[1].Split("```")[0].ShouldBe(code, "copy tests/Examples/RoundExample.cs");
    }

    [Fact]
    public void One_record_and_one_class_are_a_whole_experiment()
    {
        var catalog = ExperimentCatalog.Of(typeof(RoundParameters));
        var runner = new ExperimentRunner(typeof(RoundExperiment).Assembly);
        var given = Configuration.ParametersOf(
            """
            {"features":8,"training.updates":30,"training.batch_size":16,"sampler.steps":3,
             "initialisation.buffer_size":300}
            """);
        var trial = new RecordingTrial(data: "fashion-mnist");
        runner.Run(catalog.Find("round")!.Bind(given), trial).ShouldBe(new TrialEnd.Completed());

        trial.Points.ShouldAllBe(point => double.IsFinite(point.Value));
        trial.Points.Select(point => point.Metric).Distinct().Except(RoundParameters.Metrics.Select(m => m.Name))
            .ShouldBeEmpty();
        trial.Steps("loss").ShouldBe([10, 20, 30]);
        trial.Last("auroc_noise").ShouldBeInRange(0, 1);
        trial.Artifacts.Keys.ShouldContain("samples.png");

        var model = SafeTensors.Read(trial.Artifacts["model.safetensors"]);
        model.Tensors.Select(tensor => tensor.Name).ShouldBe(["0.weight", "0.bias"]);
        var sampled = new ModelSampling(
            model, buffer: null, new SamplingRequest(ChainStart.Noise, 4, 4, Seed: 1), _ => { })
            .Run(runner, catalog);
        sampled.After.ShouldAllBe(energy => energy >= 0);
    }

    [Theory]
    [InlineData("Toy")]
    [InlineData("TwoHead")]
    public void No_file_of_the_product_names_an_experiment_but_its_own(string experiment)
    {
        var named = RepositoryFiles.Sources("Shared", "Training", "Worker", "Orchestrator", "Engine.Sql")
            .Where(file => file.Text.Contains($"{experiment}Experiment", StringComparison.Ordinal)
                || file.Text.Contains($"{experiment}Parameters", StringComparison.Ordinal))
            .Select(file => file.Name).Order();
        named.ShouldBe(new[] { $"{experiment}Experiment.cs", $"{experiment}Parameters.cs" }.Order());
    }
}
