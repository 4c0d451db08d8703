using Shared.Experiments;
using Tests.Torch;
using Training.Experiments;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class TwoHeadExperimentTests
{
    [Fact]
    public void A_trial_reports_every_declared_metric_and_leaves_three_pictures()
    {
        var trial = Run(ChainStart.Buffer, replicate: 0);
        trial.Points.Select(point => point.Metric).Distinct().Order()
            .ShouldBe(TwoHeadParameters.Metrics.Select(metric => metric.Name).Order());
        trial.Points.ShouldAllBe(point => double.IsFinite(point.Value));
        trial.Steps("accuracy").ShouldBe([25, 50]);
        trial.Steps("loss_class").ShouldBe([10, 20, 30, 40, 50]);
        trial.Last("updates_to_accuracy").ShouldBe(25);
        trial.Artifacts.Keys.ShouldBe(["samples.png", "samples_fresh.png", "real.png"]);
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
    public void The_same_seed_reports_the_same_numbers_bit_for_bit_and_another_replicate_others()
    {
        var (first, again) = (Run(ChainStart.Buffer, 0), Run(ChainStart.Buffer, 0));
        var other = Run(ChainStart.Buffer, 1);
        again.Points.ShouldBe(first.Points);
        again.Artifacts["samples.png"].ShouldBe(first.Artifacts["samples.png"]);
        other.Last("loss").ShouldNotBe(first.Last("loss"));
        other.Artifacts["real.png"].ShouldBe(first.Artifacts["real.png"]);
    }

    private static RecordingTrial Run(ChainStart start, int replicate)
    {
        var defaults = new TwoHeadParameters();
        var parameters = defaults with
        {
            Model = new() { Hidden = 4 },
            Objective = defaults.Objective with { GradientPenalty = 0.01 },
            Training = defaults.Training with { Updates = 50, BatchSize = 16 },
            Sampler = defaults.Sampler with { Steps = 2 },
            Initialisation = new() { Start = start, BufferSize = 100 },
            Evaluation = new() { AccuracyThreshold = 0.1 },
        };
        var trial = new RecordingTrial(replicate: replicate, data: "fashion-mnist");
        ExperimentRunner.Default.Run(parameters, trial).ShouldBe(new TrialEnd.Completed());
        return trial;
    }
}
