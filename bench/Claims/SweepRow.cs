using Bench.Timing;

namespace Bench.Claims;

/// <summary>One row of a table: a configuration of one of the sweeps of <c>bench/sweeps</c>.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="File">Name of the sweep file.</param>
/// <param name="Parameter">
/// The swept parameter that tells it from others of its sweep; nothing where the sweep has one configuration.
/// </param>
/// <param name="Value">Its value there.</param>
internal sealed record RowPlan(string Name, string File, string? Parameter = null, string? Value = null);

/// <summary>What the trials of a row came to.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Diverged">How many trials diverged.</param>
/// <param name="Trials">For each trial that completed, its last value of each metric.</param>
internal sealed record Row(
    string Name, int Diverged, IReadOnlyList<IReadOnlyDictionary<string, double>> Trials)
{
    /// <summary>Median over the trials; not a number where one diverged or has no value.</summary>
    public double Median(string metric)
    {
        var values = Values(metric);
        return Diverged == 0 && values.Count > 0 && values.Count == Trials.Count
            ? Comparison.Median(values)
            : double.NaN;
    }

    /// <summary>The values of a metric, smallest first.</summary>
    public IReadOnlyList<double> Values(string metric) =>
        [.. Trials.Where(trial => trial.ContainsKey(metric)).Select(trial => trial[metric]).Order()];
}
