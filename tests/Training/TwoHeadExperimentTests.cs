using Shared.Execution;
using Shared.Experiments;
using Tests.Torch;
using Training.Experiments;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class TwoHeadExperimentTests
{
    [Fact]
    public void A_trial_reports_every_declared_metric_and_leaves_pictures_histograms_and_its_model()
    {
        var trial = Run(ChainStart.Buffer, replicate: 0, EvaluationSampler.Mala);
        trial.Points.Select(point => point.Metric).Distinct().Order()
            .ShouldBe(TwoHeadParameters.Metrics.Select(metric => metric.Name).Order());
        trial.Points.ShouldAllBe(point => double.IsFinite(point.Value));
        trial.Steps("accuracy").ShouldBe([25, 50]);
        trial.Steps("loss_class").ShouldBe([10, 20, 30, 40, 50]);
        trial.Last("updates_to_accuracy").ShouldBe(25);
        trial.Artifacts.Keys.ShouldBe(
        [
            "description.json", "histograms.json", "samples.png", "samples_fresh.png", "real.png", "nearest.png",
            "nearest.json", "chains.png", "chains.json", "model.safetensors", "buffer.safetensors",
        ]);
        var description = TrialDescription.Read(trial.Artifacts["description.json"])!;
        description.Data.ShouldNotBeNull().Name.ShouldBe("fashion-mnist");
        description.Layers[0].ShouldBe("conv 1→2, 5×5, stride 2, padding 4: 2×16×16, 52 parameters");
        description.Parameters.ShouldBe(1_371);
        trial.Last("fid_clf").ShouldNotBe(trial.Last("fid_clf_fresh"));
    }

    [Fact]
    public void From_noise_the_trained_start_is_the_fresh_one()
    {
        var trial = Run(ChainStart.Noise, replicate: 0);
        trial.Last("fid_clf").ShouldBe(trial.Last("fid_clf_fresh"));
        trial.Artifacts["samples.png"].ShouldBe(trial.Artifacts["samples_fresh.png"]);
    }

    [Fact]
    public void An_evaluation_with_its_own_sampler_leaves_the_trained_chains_as_they_are()
    {
        var trained = Run(ChainStart.Noise, replicate: 0);
        var adjusted = Run(ChainStart.Noise, replicate: 0, EvaluationSampler.Mala);
        adjusted.Last("fid_clf").ShouldBe(trained.Last("fid_clf"));
        adjusted.Last("fid_clf_fresh").ShouldNotBe(trained.Last("fid_clf_fresh"));
        adjusted.Last("acceptance").ShouldBeInRange(0.05, 1);
        trained.Steps("acceptance").ShouldBeEmpty();
    }

    [Fact]
    public void Chains_that_start_at_the_data_end_near_it()
    {
        var trial = Run(ChainStart.Data, replicate: 0);
        trial.Last("fid_clf").ShouldBeLessThan(trial.Last("fid_clf_fresh") / 2);
        trial.Steps("chain_age").ShouldBeEmpty();
        trial.Last("displacement").ShouldBeLessThan(10);
    }

    [Fact]
    public void The_same_seed_reports_the_same_numbers_bit_for_bit_and_another_replicate_others()
    {
        var (first, again) = (Run(ChainStart.Buffer, 0), Run(ChainStart.Buffer, 0));
        var other = Run(ChainStart.Buffer, 1);
        again.Points.ShouldBe(first.Points);
        again.Artifacts["samples.png"].ShouldBe(first.Artifacts["samples.png"]);
        other.Last("loss").ShouldNotBe(first.Last("loss"));
        other.Artifacts["real.png"].ShouldBe(first.Artifacts["real.png"]);
    }

    private static RecordingTrial Run(
        ChainStart start, int replicate, EvaluationSampler sampler = EvaluationSampler.Trained)
    {
        var defaults = new TwoHeadParameters();
        var parameters = defaults with
        {
            Model = new() { Hidden = 4 },
            Objective = defaults.Objective with { GradientPenalty = 0.01 },
            Training = defaults.Training with { Updates = 50, BatchSize = 16 },
            Sampler = defaults.Sampler with { Steps = 2 },
            Initialisation = new() { Start = start, BufferSize = 100 },
            Evaluation = new() { AccuracyThreshold = 0.1, Sampler = sampler, Steps = 3, StepSize = 0.01 },
        };
        var trial = new RecordingTrial(replicate: replicate, data: "fashion-mnist");
        ExperimentRunner.Default.Run(parameters, trial).ShouldBe(new TrialEnd.Completed());
        return trial;
    }
}
