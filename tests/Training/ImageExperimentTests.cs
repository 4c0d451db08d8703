using Shared.Experiments;
using Shared.Search;
using Tests.Torch;
using Training.Experiments;

namespace Tests.Training;

/// <summary>The experiments on images that two-head is not, small.</summary>
[Collection(nameof(TorchCollection))]
public sealed class ImageExperimentTests
{
    [Theory]
    [InlineData("jem", "model.hidden=4")]
    [InlineData("energy-net", "model.hidden=8 model.as_published=true")]
    [InlineData("conv-energy", "model.activation=\"relu\"")]
    public void A_trial_reports_every_declared_metric_and_leaves_its_pictures(string name, string model)
    {
        var trial = Run(
            name,
            $"{model} training.updates=10 training.batch_size=4 training.images=8 sampler.steps=1 "
            + "objective.gradient_penalty=0.01 initialisation.start=\"buffer\" "
            + "evaluation.sampler=\"mala\" evaluation.steps=2"
            + (name == "conv-energy" ? "" : " evaluation.accuracy_threshold=0"));
        var declared = ExperimentCatalog.Default.Find(name)!.Metrics;
        trial.Points.Select(point => point.Metric).Distinct().Order()
            .ShouldBe(declared.Select(metric => metric.Name).Order());
        trial.Points.ShouldAllBe(point => double.IsFinite(point.Value));
        trial.Artifacts.Keys.Where(name => name.EndsWith(".png", StringComparison.Ordinal))
            .ShouldBe(["samples.png", "samples_fresh.png", "real.png", "nearest.png", "chains.png"]);
    }

    [Fact]
    public void The_number_of_training_images_the_average_of_weights_and_the_optimiser_each_change_the_result()
    {
        const string small = "model.hidden=4 training.updates=10 training.batch_size=4 sampler.steps=1";
        var plain = Run("jem", small);
        var few = Run("jem", small + " training.images=8");
        var averaged = Run("jem", small + " training.ema=0.5");
        var descended = Run("jem", small + " training.optimiser=\"sgd\"");
        var decayed = Run(
            "jem", small + " training.learning_rate_decay=\"step\" training.decay_every=2");
        few.Last("loss").ShouldNotBe(plain.Last("loss"));
        descended.Last("loss").ShouldNotBe(plain.Last("loss"));
        decayed.Last("loss").ShouldNotBe(plain.Last("loss"));
        averaged.Last("loss").ShouldBe(plain.Last("loss"), "training goes on with the weights themselves");
        averaged.Last("fid_clf_fresh").ShouldNotBe(plain.Last("fid_clf_fresh"));
    }

    [Fact]
    public void A_jem_with_an_energy_head_is_the_two_head_model_and_without_one_is_not()
    {
        const string small = "model.hidden=4 training.updates=10 training.batch_size=4 sampler.steps=1";
        var twoHead = Run("two-head", small);
        Run("jem", small + " model.energy=\"head\"").Last("loss").ShouldBe(twoHead.Last("loss"));
        Run("jem", small).Last("loss").ShouldNotBe(twoHead.Last("loss"));
    }

    [Fact]
    public void Fewer_training_images_than_a_batch_are_a_conflict() =>
        ExperimentCatalog.Default.Find("jem")!.ConflictsOf(Values("training.images=8"))
            .ShouldHaveSingleItem().ShouldBe(
                new ParameterConflict("training.images", "at least training.batch_size (64 images)"));

    [Fact]
    public void Defaults_are_the_published_settings()
    {
        var (jem, energyNet, conv) =
            (new JemParameters(), new EnergyNetParameters(), new ConvEnergyParameters());
        jem.Training.ShouldBe(new TwoHeadParameters().Training);
        jem.Sampler.ShouldBe(new TwoHeadParameters().Sampler);
        jem.Objective.ShouldBe(new TwoHeadParameters().Objective);
        (energyNet.Sampler.Steps, energyNet.Sampler.StepSize, energyNet.Sampler.Noise).ShouldBe(
            (50, new Schedule.Constant(0.1), new Schedule.Constant(0.01)));
        (energyNet.Sampler.Boundary, energyNet.Sampler.Order).ShouldBe(
            (BoundaryRule.AtEnd, NoiseOrder.NoiseLast));
        (energyNet.Training.Beta1, energyNet.Training.BatchSize, energyNet.Objective.EnergyL2)
            .ShouldBe((0.9, 64, 0));
        (conv.Training.LearningRate, conv.Training.Beta1, conv.Objective.EnergyL2)
            .ShouldBe((1e-4, 0.9, 0.001));
        (conv.Sampler.Steps, conv.Sampler.StepSize, conv.Sampler.ValueClip).ShouldBe(
            (60, new Schedule.Constant(10), 0.03));
    }

    private static RecordingTrial Run(string name, string settings)
    {
        var trial = new RecordingTrial(data: "fashion-mnist");
        ExperimentRunner.Default.Run(name, Values(settings), trial).ShouldBe(new TrialEnd.Completed());
        return trial;
    }

    private static Dictionary<string, ParameterValue> Values(string settings) => settings.Split(' ')
        .Select(setting => setting.Split('='))
        .ToDictionary(pair => pair[0], pair => new ParameterValue(pair[1]));
}
