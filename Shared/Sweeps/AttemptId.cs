using System.Globalization;

namespace Shared.Sweeps;

/// <summary>One try at running a trial; the fencing token of everything that speaks for it.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Trial">Number of the trial, from 1.</param>
/// <param name="Number">Number of the attempt at that trial, from 1.</param>
public readonly record struct AttemptId(string Sweep, int Trial, int Number)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sweep}/{Trial}.{Number}");
}
