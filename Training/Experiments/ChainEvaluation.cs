using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Statistics;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>How fast long chains on a model forget where they were.</summary>
/// <param name="parameters">How many chains, and how long.</param>
/// <param name="trial">Gives what is random.</param>
/// <param name="report">Takes a metric and its value.</param>
public sealed class ChainEvaluation(
    ChainDiagnosticsParameters parameters, ITrial trial, Action<string, double> report)
{
    private const int Projections = 3;
    private const uint DrawOfProjections = 2_000;   // third counter word of the stream of evaluations
    private const int StartOfChains = 2_001;

    /// <summary>Reports effective numbers for 1,000 gradients, and split R̂, of energies and projections.</summary>
    /// <param name="measured">A model of images.</param>
    public void Of(MeasuredModel measured)
    {
        var stream = trial.Stream(StreamPurpose.Evaluation);
        var size = (int)measured.SampleShape.Aggregate((product, side) => product * side);
        using var chains = empty([parameters.Count, .. measured.SampleShape]);
        new FreshNoise(measured.TrainedOnImages.Initialisation, size, measured.Box, stream)
            .FillAll(chains.Floats(), StartOfChains);
        var directions = Directions(stream, size);
        var (kept, gradients) = Run(measured, chains, directions);
        if (kept.Any(series => series.Any(chain => chain.Any(value => !double.IsFinite(value)))))
        {
            return;   // chains that left the finite range have no statistics
        }

        Report(ChainMetrics.EnergyEss, ChainMetrics.EnergyRhat, [kept[0]], gradients);
        Report(ChainMetrics.ProjectionEss, ChainMetrics.ProjectionRhat, kept[1..], gradients);
    }

    /// <summary>Energies first, then projections: of each, its chains' second halves; and gradients of all steps.</summary>
    private (double[][][] Series, long Gradients) Run(MeasuredModel measured, Tensor chains, float[][] directions)
    {
        var sampler = OneStep(measured.TrainedOnImages, measured.Box);
        var noise = new RandomStream(~trial.StreamKey(StreamPurpose.ChainNoise));
        var left = parameters.Steps / 2;
        var series = Enumerable.Range(0, 1 + directions.Length).Select(
            _ => Enumerable.Range(0, parameters.Count).Select(_ => new double[parameters.Steps - left]).ToArray())
            .ToArray();
        var gradients = 0L;
        for (var step = 0; step < parameters.Steps; step++)
        {
            trial.Stop.ThrowIfCancellationRequested();
            gradients += sampler.Run(measured.Model, chains, noise, (uint)step).GradientEvaluations;
            if (step >= left)
            {
                Keep(measured, chains, directions, series, step - left);
            }
        }

        return (series, gradients);
    }

    private static void Keep(
        MeasuredModel measured, Tensor chains, float[][] directions, double[][][] series, int index)
    {
        var states = chains.Floats();
        var energies = Energies.Of(measured.Model, states, measured.SampleShape);
        for (var chain = 0; chain < energies.Length; chain++)
        {
            series[0][chain][index] = energies[chain];
            for (var d = 0; d < directions.Length; d++)
            {
                var size = directions[d].Length;
                series[1 + d][chain][index] = Product(directions[d], states.Slice(chain * size, size));
            }
        }
    }

    /// <summary>The evaluation sampler of the sweep, one step of it: of a schedule, the last one.</summary>
    private static ISampler OneStep(IImageParameters trained, Box box)
    {
        var last = trained.Sampler.Steps - 1;
        var constant = trained.Sampler with
        {
            Steps = 1,
            StepSize = new Schedule.Constant(trained.Sampler.StepSize.At(last, trained.Sampler.Steps)),
            Noise = new Schedule.Constant(trained.Sampler.Noise.At(last, trained.Sampler.Steps)),
            FinalNoiseFreeStep = false,
        };
        return EvaluationSamplers.Of(
            trained.ChainEvaluation with { Steps = 1 }, new LangevinSampler(constant, box), box);
    }

    private static float[][] Directions(RandomStream stream, int size) =>
    [
        .. Enumerable.Range(0, Projections).Select(index =>
        {
            var direction = new float[size];
            stream.FillNormal(direction, (uint)index, DrawOfProjections, step: 0);
            return direction;
        }),
    ];

    /// <summary>The least effective number and the greatest R̂ of several series; none of what never varies.</summary>
    private void Report(
        MetricDeclaration effective, MetricDeclaration split, double[][][] series, long gradients)
    {
        var numbers = series.Select(MixingStatistics.EffectiveNumber).OfType<double>().ToList();
        var splits = series.Select(MixingStatistics.SplitRhat).OfType<double>().ToList();
        if (numbers.Count == series.Length && splits.Count == series.Length)
        {
            report(effective.Name, 1_000 * numbers.Min() / gradients);
            report(split.Name, splits.Max());
        }
    }

    private static double Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
