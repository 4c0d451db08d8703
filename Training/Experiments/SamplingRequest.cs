using System.Collections.Immutable;
using Shared.Experiments;

namespace Training.Experiments;

/// <summary>What is to be sampled from a stored model.</summary>
/// <param name="Start">Fresh noise, or a copy of the stored chains of its buffer.</param>
/// <param name="Steps">T, at least 1.</param>
/// <param name="Count">How many chains, at least 1.</param>
/// <param name="Seed">Seed of starts and steps.</param>
public sealed record SamplingRequest(ChainStart Start, int Steps, int Count, long Seed)
{
    /// <summary>Step size instead of the trial's schedule; nothing for the trial's own.</summary>
    public double? StepSize { get; init; }

    /// <summary>Noise of a step instead of the trial's own; nothing for the trial's own.</summary>
    public double? Noise { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Before">E of each chain at its start.</param>
/// <param name="After">E of each chain at its end, in the same order.</param>
/// <param name="Grid">The last states as PNG.</param>
/// <param name="Strip">States on the way as PNG, one row a chain, the start at the left.</param>
/// <param name="StripSteps">Steps after which the columns of the strip were taken.</param>
/// <param name="StripChains">Rows of the strip: the first chains.</param>
public sealed record SamplingResult(
    ImmutableArray<double> Before,
    ImmutableArray<double> After,
    byte[] Grid,
    byte[] Strip,
    ImmutableArray<int> StripSteps,
    int StripChains);
