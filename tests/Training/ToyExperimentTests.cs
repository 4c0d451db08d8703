using Shared.Experiments;
using Tests.Torch;
using Training.Experiments;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ToyExperimentTests
{
    [Fact]
    public void A_buffer_brings_the_model_near_the_truth()
    {
        var trial = new RecordingTrial();
        ExperimentRunner.Default.Run(new ToyParameters(), trial).ShouldBe(new TrialEnd.Completed());

        // Measured: .41 with a buffer, .81 from noise; a uniform density has 1.65.
        trial.Last("kl").ShouldBeLessThan(0.7);
        trial.Artifacts.Keys.ShouldBe(["samples.png"]);
    }

    [Fact]
    public void Metrics_come_at_their_stated_updates()
    {
        var trial = new RecordingTrial();
        ExperimentRunner.Default.Run(Small(updates: 35), trial);
        foreach (var metric in ToyParameters.Metrics.Where(metric => metric.Cadence == "every 10 updates"))
        {
            trial.Steps(metric.Name).ShouldBe([10, 20, 30], metric.Name);
        }

        foreach (var metric in ToyParameters.Metrics.Where(metric => metric.Cadence == "at the end"))
        {
            trial.Steps(metric.Name).ShouldBe([35], metric.Name);
        }

        trial.Points.Select(point => point.Metric).Distinct().Order()
            .ShouldBe(ToyParameters.Metrics.Select(metric => metric.Name).Order());
        var contrasts = trial.Points.Where(point => point.Metric == "loss_contrastive");
        trial.Points.Where(point => point.Metric == "gap").Zip(contrasts)
            .ShouldAllBe(pair => pair.First.Value == -pair.Second.Value);
    }

    [Theory]
    [InlineData(ChainStart.Buffer)]
    [InlineData(ChainStart.Noise)]
    public void The_same_seed_reports_the_same_numbers_bit_for_bit(ChainStart start)
    {
        var parameters = Small(updates: 20) with { Initialisation = new() { Start = start } };
        var (first, again) = (new RecordingTrial(), new RecordingTrial());
        var other = new RecordingTrial(replicate: 1);
        ExperimentRunner.Default.Run(parameters, first);
        ExperimentRunner.Default.Run(parameters, again);
        ExperimentRunner.Default.Run(parameters, other);
        again.Points.ShouldBe(first.Points);
        again.Artifacts["samples.png"].ShouldBe(first.Artifacts["samples.png"]);
        other.Points.ShouldNotBe(first.Points);
    }

    [Fact]
    public void A_diverging_trial_ends_with_what_it_had_reported()
    {
        var parameters = Small(updates: 400) with
        {
            Model = new() { Hidden = 256 },
            Objective = new(),
            Training = Small(400).Training with { LearningRate = 0.1, GradientNorm = null },
            Sampler = Small(400).Sampler with { Steps = 1, StepSize = new Schedule.Constant(0.01) },
            Initialisation = new() { Start = ChainStart.Noise },
        };
        var trial = new RecordingTrial();
        var diverged = ExperimentRunner.Default.Run(parameters, trial).ShouldBeOfType<TrialEnd.Diverged>();
        diverged.Step.ShouldBeInRange(11, 400);
        trial.Steps("loss").Max().ShouldBe((diverged.Step - 1) / 10 * 10);
        trial.Steps("gap_sd").ShouldBeEmpty();
        trial.Artifacts.ShouldBeEmpty();
    }

    [Fact]
    public void A_trial_that_is_told_to_stop_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var trial = new RecordingTrial { Stop = source.Token };
        Should.Throw<OperationCanceledException>(() => ExperimentRunner.Default.Run(Small(20), trial));
        trial.Points.ShouldBeEmpty();
    }

    [HandleFact]
    public void A_trial_leaves_no_native_handle_behind()
    {
        var before = NativeHandles.Live;
        ExperimentRunner.Default.Run(Small(updates: 12), new RecordingTrial());
        NativeHandles.Live.ShouldBe(before);
    }

    private static ToyParameters Small(int updates)
    {
        var toy = new ToyParameters();
        return toy with
        {
            Objective = new() { EnergyL2 = 0.01, GradientPenalty = 0.01 },
            Training = toy.Training with
            {
                Updates = updates,
                BatchSize = 32,
                DataNoise = 0.01,
                GradientNorm = 1,
            },
            Sampler = toy.Sampler with { Steps = 3 },
            Evaluation = new() { Sampler = EvaluationSampler.Hmc, Steps = 3, LeapfrogSteps = 2 },
        };
    }
}
