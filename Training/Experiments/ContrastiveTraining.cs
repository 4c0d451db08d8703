using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Training.Checkpoints;
using Training.Data;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>
/// Updates of a contrastive objective: draw positives, run chains for negatives, take one step
/// down the loss, report.
/// </summary>
/// <param name="trial">Who is told, and who may say stop.</param>
/// <param name="training">Optimiser, batch and noise.</param>
/// <param name="box">What noisy positives are kept in.</param>
public sealed class ContrastiveTraining(ITrial trial, TrainingParameters training, Box box)
{
    private const int ReportEvery = 10;

    // A run that would end before its first report reports every update.
    private readonly int _reportEvery = training.Updates < ReportEvery ? 1 : ReportEvery;
    private readonly GapWindow _gaps = new();
    private readonly RandomStream _chainNoise = trial.Stream(StreamPurpose.ChainNoise);
    private readonly RandomStream _dataNoise = trial.Stream(StreamPurpose.DataNoise);
    private ChainMotion? _motion;
    private ChainTrace? _trace;
    private (int Updates, TimeSpan Elapsed) _pace;   // since the last report

    /// <summary>The experiment's record, by which a checkpoint of another trial is known.</summary>
    public required object Parameters { get; init; }

    /// <summary>Shape of one sample, such as [1, 28, 28].</summary>
    public required IReadOnlyList<long> SampleShape { get; init; }

    /// <summary>Where positives come from.</summary>
    public required IPositives Positives { get; init; }

    /// <summary>Where chains start.</summary>
    public required IChainStart Start { get; init; }

    /// <summary>What makes negatives.</summary>
    public required ISampler Sampler { get; init; }

    /// <summary>What is minimised.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>Whether positives are images, so that their number a second is a metric.</summary>
    public bool ReportsImages { get; init; }

    /// <summary>What says that the trial diverged.</summary>
    public required DivergenceDetector Detector { get; init; }

    /// <summary>What of the measurements in <see cref="AfterUpdate"/> outlives an update.</summary>
    public IReadOnlyList<ICheckpointed> AlsoKept { get; init; } = [];

    /// <summary>
    /// Called after every update with the number of finished updates; its time counts as no training. The
    /// model has its averaged weights meanwhile, where there are such.
    /// </summary>
    public Action<int> AfterUpdate { get; init; } = _ => { };

    /// <summary>
    /// Called after the last update of a trial that did not diverge; with averaged weights too.
    /// </summary>
    public Action AtTheEnd { get; init; } = () => { };

    /// <summary>Trains to the end or to divergence, from where the trial begins.</summary>
    /// <returns>Nothing when every update was made.</returns>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    /// <exception cref="InvalidDataException">It cannot go on from its checkpoint.</exception>
    public TrialEnd.Diverged? Run()
    {
        using var descent = new Descent(Objective.Model.Parameters, training);
        var average = training.Ema is { } decay ? new WeightAverage(Objective.Model.Parameters, decay) : null;
        var chains = new ChainReport(trial, Objective.Model, Start, SampleShape);
        var state = new TrialState(trial, Parameters, Remembered(descent, average, chains));
        using var positives = zeros([training.BatchSize, .. SampleShape]);
        using var labels = zeros([training.BatchSize], int64);
        using var negatives = zeros([training.BatchSize, .. SampleShape]);
        var begun = state.Begin();
        trial.Stop.ThrowIfCancellationRequested();
        for (var update = begun + 1; update <= training.Updates; update++)
        {
            var began = trial.Clock.GetTimestamp();
            var (terms, gradientNorm) = Update(update, descent, (positives, labels, negatives));
            average?.Add();
            _pace = (_pace.Updates + 1, _pace.Elapsed + trial.Clock.GetElapsedTime(began));
            if (Detector.Judge(update, terms, _motion?.Saturation, _motion?.Displacement) is { } diverged)
            {
                return diverged;
            }

            _gaps.Add(terms.Gap);
            var isDue = update % _reportEvery == 0;
            if (isDue)
            {
                Report(update, terms, gradientNorm);
                ReportPace(update);
            }

            chains.After(update, training.BatchSize, _trace!, isDue);
            using (average?.InUse())
            {
                AfterUpdate(update);
            }

            state.AfterUpdate(update);
        }

        End(average);
        return null;
    }

    /// <summary>What outlives an update, beside what the trial itself keeps.</summary>
    private IEnumerable<ICheckpointed> Remembered(
        Descent descent, WeightAverage? average, ChainReport chains) =>
        ((ICheckpointed?[])
        [
            new ModelWeights(Objective.Model.Parameters), descent, average, Start as ICheckpointed, Detector,
            _gaps, chains, .. AlsoKept,
        ]).OfType<ICheckpointed>();

    private void End(WeightAverage? average)
    {
        if (_gaps.StandardDeviation() is { } deviation)
        {
            trial.Report(training.Updates, TrainingMetrics.GapSd.Name, deviation);
        }

        using (average?.InUse())
        {
            AtTheEnd();
        }
    }

    private (LossTerms Terms, double GradientNorm) Update(
        int update, Descent descent, (Tensor Positives, Tensor Labels, Tensor Negatives) batch)
    {
        using var scope = NewDisposeScope();
        DrawPositives(update, batch.Positives.Floats(), batch.Labels.Longs());
        Start.Draw(update, batch.Positives.Floats(), batch.Negatives.Floats());
        float[]? started = Detector.WatchesChains ? [.. batch.Negatives.Floats()] : null;
        _trace = Sampler.Run(Objective.Model, batch.Negatives, _chainNoise, (uint)update);
        _motion = started is null ? null : ChainMotion.Of(started, batch.Negatives.Floats(), box);
        Start.Return(batch.Negatives.Floats());

        var loss = Objective.Of(batch.Positives, batch.Labels, batch.Negatives);
        return (loss.Terms, descent.Step(update, loss.Total));
    }

    private void DrawPositives(int update, Span<float> positives, Span<long> labels)
    {
        Positives.Draw(update, positives, labels);
        if (training.DataNoise <= 0)
        {
            return;
        }

        var normals = new float[Positives.SampleSize];
        for (var row = 0; row < training.BatchSize; row++)
        {
            var sample = positives.Slice(row * normals.Length, normals.Length);
            _dataNoise.FillNormal(normals, (uint)row, (uint)update, step: 0);
            for (var i = 0; i < normals.Length; i++)
            {
                sample[i] += (float)training.DataNoise * normals[i];
            }

            box.Clamp(sample);
        }
    }

    /// <summary>The pace since the last report, or since the trial went on from a checkpoint.</summary>
    private void ReportPace(int update)
    {
        var pace = _pace.Updates / _pace.Elapsed.TotalSeconds;
        trial.Report(update, TrainingMetrics.UpdatesPerSecond.Name, pace);
        if (ReportsImages)
        {
            trial.Report(update, EvaluationMetrics.ImagesPerSecond.Name, pace * training.BatchSize);
        }

        _pace = default;
    }

    private void Report(int update, LossTerms terms, double gradientNorm)
    {
        trial.Report(update, TrainingMetrics.Loss.Name, terms.Value);
        if (terms.Class is { } classLoss)
        {
            trial.Report(update, TrainingMetrics.LossClass.Name, classLoss);
        }

        trial.Report(update, TrainingMetrics.LossContrastive.Name, terms.Contrastive);
        trial.Report(update, TrainingMetrics.LossEnergyL2.Name, terms.EnergyL2);
        if (terms.GradientPenalty is { } penalty)
        {
            trial.Report(update, TrainingMetrics.LossGradientPenalty.Name, penalty);
        }

        trial.Report(update, TrainingMetrics.GradientNorm.Name, gradientNorm);
        trial.Report(update, TrainingMetrics.EnergyData.Name, terms.Data.Mean);
        trial.Report(update, TrainingMetrics.EnergySamples.Name, terms.Samples.Mean);
        trial.Report(update, TrainingMetrics.Gap.Name, terms.Gap);
    }
}
