using Shared.Execution;
using Shared.Metrics;
using Training.Checkpoints;
using Training.Initialisation;
using Training.Models;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>Reports what the chains of training do.</summary>
/// <param name="trial">Who is told.</param>
/// <param name="model">Whose energy the chains descend.</param>
/// <param name="start">Where they start.</param>
/// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
public sealed class ChainReport(
    ITrial trial, IEnergyModel model, IChainStart start, IReadOnlyList<long> sampleShape)
    : ICheckpointed
{
    /// <summary>How many of a buffer's states are asked for their energy.</summary>
    public const int StatesOfEnergy = 256;

    // Fourth counter word of the draw of those states; the buffer's own draws use others.
    private const uint EnergyDraw = 4;

    private long _evaluations;
    private long _chains;
    private long _restarted;

    /// <inheritdoc/>
    public string Section => "chains";

    /// <summary>Takes note of an update, and reports where one is due.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="chains">Number of chains.</param>
    /// <param name="trace">What they did.</param>
    /// <param name="isDue">Whether to report.</param>
    public void After(int update, int chains, ChainTrace trace, bool isDue)
    {
        _evaluations += trace.GradientEvaluations;
        _chains += chains;
        _restarted += (start as ReplayBuffer)?.Restarted ?? 0;
        if (!isDue)
        {
            return;
        }

        trial.Report(update, SamplingMetrics.GradientNormChain.Name, trace.GradientNorm);
        trial.Report(update, SamplingMetrics.ClippedShare.Name, trace.ClippedShare);
        trial.Report(update, SamplingMetrics.Saturation.Name, trace.Saturation);
        trial.Report(update, SamplingMetrics.Displacement.Name, trace.Displacement);
        trial.Report(update, SamplingMetrics.GradientEvaluations.Name, _evaluations);
        if (start is ReplayBuffer buffer)
        {
            Report(update, buffer);
        }

        (_chains, _restarted) = (0, 0);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        to.Write(_evaluations);
        to.Write(_chains);
        to.Write(_restarted);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from) =>
        (_evaluations, _chains, _restarted) = (from.ReadInt64(), from.ReadInt64(), from.ReadInt64());

    private void Report(int update, ReplayBuffer buffer)
    {
        var ages = buffer.Ages.ToArray();
        Array.Sort(ages);
        trial.Report(update, SamplingMetrics.ChainAge.Name, ages.Average());
        trial.Report(update, SamplingMetrics.ChainAgeP95.Name, ages[(((ages.Length * 95) + 99) / 100) - 1]);
        trial.Report(update, SamplingMetrics.ReinitialisedShare.Name, _restarted / (double)_chains);
        trial.Report(update, SamplingMetrics.EnergyBuffer.Name, Energy(update, buffer));
    }

    private double Energy(int update, ReplayBuffer buffer)
    {
        using var gradientFree = no_grad();
        using var scope = NewDisposeScope();
        var slots = trial.Stream(StreamPurpose.ChainStart)
            .Draw(buffer.Count, Math.Min(buffer.Count, StatesOfEnergy), (uint)update, EnergyDraw);
        var states = empty([slots.Length, .. sampleShape]);
        var values = states.Floats();
        var size = values.Length / slots.Length;
        for (var i = 0; i < slots.Length; i++)
        {
            buffer[slots[i]].CopyTo(values.Slice(i * size, size));
        }

        return ChainStatistics.Mean(model.Energy(states).contiguous().Floats());
    }
}
