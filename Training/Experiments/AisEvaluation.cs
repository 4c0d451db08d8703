using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Training.Evaluation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>What annealed importance sampling says of log Z of a model in the plane, where it is known exactly.</summary>
/// <param name="parameters">Chains, levels and transitions.</param>
/// <param name="trial">Gives what is random.</param>
/// <param name="report">Takes a metric and its value.</param>
public sealed class AisEvaluation(AisParameters parameters, ITrial trial, Action<string, double> report)
{
    // Third counter words of the stream of evaluations.
    private const uint WordOfForward = 5_000;
    private const uint WordOfReverse = 5_001;
    private const uint WordOfDraws = 5_002;

    private readonly RandomStream _stream = trial.Stream(StreamPurpose.Evaluation);

    /// <summary>Reports log Z by quadrature, from below and, where the model can be drawn from, from above.</summary>
    /// <param name="measured">A model of points in the plane.</param>
    /// <exception cref="InvalidOperationException">The model is of something else.</exception>
    public void Of(MeasuredModel measured)
    {
        if (measured.SampleShape is not [2])
        {
            throw new InvalidOperationException("the model is not of points in the plane");
        }

        var density = PlaneDensity.Of(measured.Model, measured.Box);
        if (!double.IsFinite(density.LogZ))
        {
            return;   // a model whose energies are not finite has no density
        }

        var annealing = new AnnealedImportance(
            new AnnealingStart.Uniform(measured.Box),
            parameters.Levels,
            new HamiltonianSettings(parameters.StepSize, parameters.LeapfrogSteps, parameters.Trajectories));
        var forward = annealing.Run(
            measured.Model, [parameters.Count, 2], _stream, WordOfForward, trial.Stop);
        report(AisMetrics.Exact.Name, density.LogZ);
        report(AisMetrics.Forward.Name, forward.LogZ);
        report(AisMetrics.Error.Name, Math.Abs(forward.LogZ - density.LogZ));
        report(AisMetrics.Ess.Name, forward.EffectiveSampleSize);
        report(AisMetrics.Acceptance.Name, forward.Acceptance);
        if (PlaneSamples.Draw(measured.Model, density, parameters.Count, _stream, WordOfDraws) is { } draws)
        {
            using var chains = empty(parameters.Count, 2);
            draws.CopyTo(chains.Floats());
            var reverse = annealing.RunBack(measured.Model, chains, _stream, WordOfReverse, trial.Stop);
            report(AisMetrics.Reverse.Name, reverse.LogZ);
            report(AisMetrics.Width.Name, reverse.LogZ - forward.LogZ);
            report(AisMetrics.ReverseEss.Name, reverse.EffectiveSampleSize);
        }
    }
}
