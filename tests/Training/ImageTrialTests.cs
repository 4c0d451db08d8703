using System.Text.Json;
using Shared.Experiments;
using Shared.Reports;
using Shared.Sweeps;
using Tests.Torch;
using Training.Experiments;
using static Tests.Training.ImageTrialFixture;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ImageTrialTests
{
    private static readonly Lazy<RecordingTrial> Plain = new(() => Run(Short));

    [Fact]
    public void Pictures_on_the_way_and_validation_change_no_number_of_training()
    {
        var watched = Run(
            Short with { Evaluation = new() { Every = 5, ValidationBatches = 3 } },
            new SampleGrids(10, GridUnit.Updates, 6, 3));
        foreach (var metric in (string[])["loss", "gap", "accuracy", "gap_sd", "fid_clf", "fid_clf_fresh"])
        {
            watched.Last(metric).ShouldBe(Plain.Value.Last(metric), metric);
        }

        global::Training.Models.SafeTensors.Read(watched.Artifacts["model.safetensors"]).Tensors[0].Values
            .ShouldBe(Model().Tensors[0].Values);
        watched.Artifacts["buffer.safetensors"].ShouldBe(Plain.Value.Artifacts["buffer.safetensors"]);
    }

    [Fact]
    public void A_trial_begins_with_its_parents_weights_and_a_model_of_other_shapes_is_refused()
    {
        var parent = Plain.Value.Artifacts["model.safetensors"];
        var still = Short with
        {
            Training = Short.Training with { Updates = 1, LearningRate = 1e-12, Ema = 0.9 },
        };
        var child = new RecordingTrial(data: "fashion-mnist") { Parent = parent };
        ExperimentRunner.Default.Run(still, child).ShouldBe(new TrialEnd.Completed());

        var began = global::Training.Models.SafeTensors.Read(child.Artifacts["model.safetensors"]).Tensors
            .SelectMany(tensor => tensor.Values);
        began.Zip(Model().Tensors.SelectMany(tensor => tensor.Values))
            .Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-7f, "but for an average's rounding");
        Should.Throw<InvalidDataException>(() => ExperimentRunner.Default.Run(
                still with { Model = new() { Hidden = 5 } },
                new RecordingTrial(data: "fashion-mnist") { Parent = parent }))
            .Message.ShouldBe("the file holds the weights of another model");
    }

    [Fact]
    public void Pictures_come_when_they_are_due_beside_one_of_real_images()
    {
        var trial = Run(Short, new SampleGrids(15, GridUnit.Updates, 6, 3));
        trial.Artifacts.Keys.Where(name => name.StartsWith("samples_", StringComparison.Ordinal)).ShouldBe(
            ["samples_real.png", "samples_000015.png", "samples_000030.png", "samples_fresh.png"]);
        foreach (var name in (string[])["samples_real.png", "samples_000015.png"])
        {
            // PNG: width and height are the big-endian words at 16 and 20; 3 and 2 images, 56 pixels each.
            trial.Artifacts[name][16..24].ShouldBe([0, 0, 0, 168, 0, 0, 0, 112]);
        }

        trial.Artifacts["samples_000015.png"].ShouldNotBe(trial.Artifacts["samples_000030.png"]);
        Plain.Value.Artifacts.Keys.ShouldNotContain("samples_real.png");
    }

    [Fact]
    public void Evaluations_come_as_often_as_the_parameter_says_and_validation_can_be_left_out()
    {
        var trial = Run(Short with { Evaluation = new() { Every = 15, ValidationBatches = 0 } });
        trial.Steps("accuracy").ShouldBe([15, 30, 40]);
        trial.Steps("ece").ShouldBe([15, 30, 40]);
        trial.Steps("validation_loss").ShouldBeEmpty();
        Plain.Value.Steps("validation_loss").ShouldBe([25, 40]);
        Plain.Value.Steps("validation_loss_class").ShouldBe([25, 40]);
        Plain.Value.Steps("images_per_second").ShouldBe([10, 20, 30, 40]);
    }

    [Fact]
    public void The_validation_loss_is_the_sum_of_its_weighted_parts()
    {
        var trial = Run(Short with { Objective = Short.Objective with { EnergyL2 = 0, ClassWeight = 2 } });
        trial.Last("validation_loss").ShouldBe(
            trial.Last("validation_loss_contrastive") + (2 * trial.Last("validation_loss_class")), 1e-5);
    }

    [Fact]
    public void Bins_of_the_calibration_error_are_a_parameter()
    {
        var one = Run(Short with { Evaluation = new() { EceBins = 1 } });
        one.Last("accuracy").ShouldBe(Plain.Value.Last("accuracy"));
        one.Last("ece").ShouldBeLessThanOrEqualTo(Plain.Value.Last("ece"));
        one.Last("ece").ShouldNotBe(Plain.Value.Last("ece"));
        one.Last("nll").ShouldBe(Plain.Value.Last("nll"));
    }

    [Fact]
    public void Histograms_count_every_sample_and_agree_with_the_metrics()
    {
        var histograms = EvaluationHistograms.Read(Plain.Value.Artifacts["histograms.json"])!;
        (histograms.Data.Total, histograms.Samples.Total).ShouldBe((2_000, 300));
        histograms.Noise.Total.ShouldBe(2_000);
        histograms.Data.Counts.Length.ShouldBe(40);
        histograms.DataClasses.Sum().ShouldBe(2_000);
        histograms.DataClasses.ShouldAllBe(count => count > 100);   // ten classes of about 200 test images
        histograms.SampleClasses.Sum().ShouldBe(300);
        Plain.Value.Last("sample_class_entropy").ShouldBeInRange(0, Math.Log(10));
        Plain.Value.Last("auroc_noise").ShouldBeInRange(0, 1);
        Plain.Value.Last("energy_noise").ShouldBeInRange(histograms.Noise.Low, histograms.Noise.High);
    }

    [Theory]
    [InlineData(ChainStart.Noise)]
    [InlineData(ChainStart.Buffer)]
    public void A_stored_model_is_sampled_again_the_same_from_the_same_seed(ChainStart start)
    {
        var (first, again) = (Sample(new(start, 20, 5, Seed: 3)), Sample(new(start, 20, 5, Seed: 3)));
        again.Grid.ShouldBe(first.Grid);
        again.Strip.ShouldBe(first.Strip);
        again.After.ShouldBe(first.After);
        Sample(new(start, 20, 5, Seed: 4)).Grid.ShouldNotBe(first.Grid);
        first.StripSteps.ShouldBe([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
        first.Grid[16..24].ShouldBe([0, 0, 0, 168, 0, 0, 0, 112]);
        first.Strip[16..24].ShouldBe([0, 0, 2, 104, 0, 0, 1, 24]);   // 11 columns and 5 rows of 56 pixels
    }

    [Fact]
    public void A_model_comes_back_with_the_energies_that_it_was_stored_with()
    {
        var trained = Plain.Value;
        var twice = Sample(new(ChainStart.Buffer, 1, 256, Seed: 1) { StepSize = 1e-9, Noise = 0 });
        twice.After.ShouldBe(twice.Before, 1e-6);
        var histogram = EvaluationHistograms.Read(trained.Artifacts["histograms.json"])!.Samples;
        twice.Before.ShouldAllBe(e => e >= histogram.Low - 1e-3 && e <= histogram.High + 1e-3);
        twice.Before.Distinct().Count().ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Settings_of_the_sampler_are_the_trial_s_own_unless_given()
    {
        var own = Sample(new(ChainStart.Noise, 20, 4, Seed: 1));
        var spelled = Sample(new(ChainStart.Noise, 20, 4, Seed: 1) { StepSize = 10, Noise = 0.005 });
        spelled.After.ShouldBe(own.After);
        Sample(new(ChainStart.Noise, 20, 4, Seed: 1) { StepSize = 5 }).After.ShouldNotBe(own.After);
        Sample(new(ChainStart.Noise, 20, 4, Seed: 1) { Noise = 0.1 }).After.ShouldNotBe(own.After);
    }

    [Fact]
    public void More_chains_than_a_buffer_left_and_weights_of_another_model_are_refused()
    {
        Should.Throw<InvalidDataException>(() => Sample(new(ChainStart.Buffer, 2, 257, Seed: 1)))
            .Message.ShouldBe("the trial left 256 chains of its buffer, fewer than 257");
        var file = Model();
        var other = file with { Metadata = file.Metadata.SetItem("experiment", "two-tails") };
        Should.Throw<InvalidDataException>(() => Sample(new(ChainStart.Noise, 2, 2, Seed: 1), other)).Message
            .ShouldBe("'two-tails' is no experiment on images that this program knows");
        var fewer = file with { Tensors = file.Tensors[1..] };
        Should.Throw<InvalidDataException>(() => Sample(new(ChainStart.Noise, 2, 2, Seed: 1), fewer)).Message
            .ShouldBe("the file holds the weights of another model");
    }

    [Fact]
    public void A_stored_model_says_its_experiment_and_parameters()
    {
        var file = Model();
        file.Metadata["experiment"].ShouldBe("two-head");
        var parameters = JsonDocument.Parse(file.Metadata["parameters"]).RootElement;
        parameters.GetProperty("model.hidden").GetInt32().ShouldBe(4);
        parameters.GetProperty("initialisation.buffer_size").GetInt32().ShouldBe(300);
        file.Tensors.Select(tensor => tensor.Name).Take(4)
            .ShouldBe(["0.weight", "0.bias", "1.weight", "1.bias"]);
        file.Tensors[0].Shape.ShouldBe([2L, 1, 5, 5]);
    }

    private static global::Training.Models.SafeTensors Model() =>
        global::Training.Models.SafeTensors.Read(Plain.Value.Artifacts["model.safetensors"]);

    private static SamplingResult Sample(
        SamplingRequest request, global::Training.Models.SafeTensors? model = null) => new ModelSampling(
            model ?? Model(),
            global::Training.Models.SafeTensors.Read(Plain.Value.Artifacts["buffer.safetensors"]),
            request,
            _ => { }).Run(ExperimentRunner.Default, ExperimentCatalog.Default);
}
