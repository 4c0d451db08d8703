using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>
/// p values of a report's paired comparisons by Holm's method; the comparisons of a metric over all parameters are
/// one family.
/// </summary>
internal sealed class AdjustedProbabilities
{
    private readonly Dictionary<PairedComparison, (double? Student, double? Ranks)> _adjusted =
        new(ReferenceEqualityComparer.Instance);

    private AdjustedProbabilities()
    {
    }

    /// <summary>The p values of all comparisons of a model.</summary>
    public static AdjustedProbabilities Of(ReportModel model)
    {
        var probabilities = new AdjustedProbabilities();
        foreach (var family in model.Effects.SelectMany(e => e.Metrics).GroupBy(m => m.Metric.Name))
        {
            probabilities.Add([.. family.SelectMany(m => m.Differences)
                .Select(d => d.Pairs.Comparison).OfType<PairedComparison>()]);
        }

        return probabilities;
    }

    /// <summary>
    /// Those of the t test and of Wilcoxon's of one comparison of the model; nothing where a test was not made.
    /// </summary>
    public (double? Student, double? Ranks) this[PairedComparison comparison] => _adjusted[comparison];

    private void Add(PairedComparison[] family)
    {
        var student = Holm(family, c => c.Probability);
        var ranks = Holm(family, c => c.Ranks?.Probability);
        for (var i = 0; i < family.Length; i++)
        {
            _adjusted[family[i]] = (student[i], ranks[i]);
        }
    }

    private static double?[] Holm(PairedComparison[] family, Func<PairedComparison, double?> probability)
    {
        int[] tested = [.. Enumerable.Range(0, family.Length).Where(i => probability(family[i]) is not null)];
        var adjusted = HolmCorrection.Adjust([.. tested.Select(i => probability(family[i])!.Value)]);
        var values = new double?[family.Length];
        for (var i = 0; i < tested.Length; i++)
        {
            values[tested[i]] = adjusted[i];
        }

        return values;
    }
}
