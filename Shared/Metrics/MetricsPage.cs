using System.Reflection;
using System.Text;

namespace Shared.Metrics;

/// <summary>
/// Writes <c>docs/METRICS.md</c> from the declarations, so that each metric is defined once.
/// </summary>
public static class MetricsPage
{
    // A backslash at the end of a line joins it with the next one: only the source is narrow.
    private static readonly string Head =
        """
        # Metrics

        Made from the declarations in `Shared/Metrics`; to change a definition, change its declaration. A \
        test compares
        this page with them, and writes the page that they give to `artifacts/METRICS.md` for copying.

        **Symbols.** x⁺ are data (positives), x⁻ the chains' states (negatives), E the energy: low where \
        the model expects
        data. Logarithms are natural. An update is one step of the optimiser.

        **Direction** says which end is the better one; a metric without one describes. **Kind** says \
        whether equal sweeps
        on equal hardware must report equal values: a `result` must, a `timing` is kept apart from the \
        results.

        **In a report** a trial's value is the last point of its last attempt; a configuration has the \
        mean, the sample
        standard deviation (n − 1; none for n = 1) and the number n of its completed trials that have a \
        finite value.
        Diverged trials are counted, never averaged. A value that is not finite is `null` in `report.json` \
        and an empty
        cell in `trials.csv`.


        """.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal);

    /// <summary>
    /// Every declaration among the public fields of <see cref="TrainingMetrics"/> and then of
    /// <see cref="SamplingMetrics"/> and of <see cref="EvaluationMetrics"/>, in their order, and those of
    /// evaluations of stored models.
    /// </summary>
    public static IReadOnlyList<MetricDeclaration> Declared { get; } =
    [
        .. new[] { typeof(TrainingMetrics), typeof(SamplingMetrics), typeof(EvaluationMetrics) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .OrderBy(f => f.MetadataToken))
            .Where(f => f.FieldType == typeof(MetricDeclaration))
            .Select(f => (MetricDeclaration)f.GetValue(null)!),
        .. ModelMetrics.All,
    ];

    /// <summary>
    /// The page for these declarations: a table to look a name up in, then one paragraph each.
    /// </summary>
    public static string Render(IReadOnlyList<MetricDeclaration> declarations)
    {
        var text = new StringBuilder(Head);
        text.Append("| name | unit | direction | kind | reported |\n|---|---|---|---|---|\n");
        foreach (var metric in declarations)
        {
            text.Append(
                $"| [`{metric.Name}`](#{metric.Name}) | {metric.Unit} | {Spell(metric.Direction)} | ");
            text.Append($"{Spell(metric.Kind)} | {metric.Cadence} |\n");
        }

        foreach (var metric in declarations)
        {
            text.Append($"\n## {metric.Name}\n\n{metric.Meaning}\n\n");
            text.Append(
                $"    {metric.Formula}\n\nUnit: {metric.Unit}. Direction: {Spell(metric.Direction)}. ");
            text.Append($"Kind: {Spell(metric.Kind)}. Reported {metric.Cadence}. Source: {metric.Source}.\n");
        }

        return text.ToString();
    }

    private static string Spell(Direction direction) => direction switch
    {
        Direction.Lower => "less is better",
        Direction.Higher => "more is better",
        _ => "none",
    };

    private static string Spell(MetricKind kind) => kind is MetricKind.Timing ? "`timing`" : "`result`";
}
