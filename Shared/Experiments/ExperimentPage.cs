using System.Text;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Experiments;

/// <summary>
/// The page that says what each experiment accepts and reports, <c>docs/EXPERIMENTS.md</c>.
/// </summary>
public static class ExperimentPage
{
    /// <summary>The page in Markdown, with a line feed after each line.</summary>
    public static string Render(ExperimentCatalog catalog)
    {
        var page = new StringBuilder();
        Line(page, "# Experiments");
        Line(page, "");
        Line(page, "What a sweep file may say, generated from the records of `Shared/Experiments`.");
        foreach (var experiment in catalog.Experiments)
        {
            Render(page, experiment);
        }

        RenderSchedules(page);
        return page.ToString();
    }

    private static void RenderSchedules(StringBuilder page)
    {
        Line(page, "");
        Line(page, "## Schedules");
        Line(page, "");
        Line(page, "Where a parameter takes a schedule, its value at step t = 0 … T−1 of a chain follows from");
        Line(page, "the progress r. `ends` says what r is: `inclusive` (where nothing is said) t/(T−1), which");
        Line(page, "uses both ends; `left` t/T, which never reaches the end; `right` (t+1)/T, which never uses");
        Line(page, "the start. A chain of one step has r = 0. On a textbook `sampler.step_size` a schedule moves");
        Line(page, "drift and noise together; on a decoupled one the drift alone; on `sampler.noise` the noise");
        Line(page, "alone, which is annealing of the temperature.");
        Line(page, "");
        Line(page, "| schedule | keys | value |");
        Line(page, "|---|---|---|");
        foreach (var form in ScheduleForm.All)
        {
            var keys = Code(form.Written.Where(key => key != ScheduleForm.NameKey));
            Line(page, $"| `{form.Name}` | {keys} | {form.Formula} |");
        }
    }

    private static void Render(StringBuilder page, ExperimentDeclaration experiment)
    {
        Line(page, "");
        Line(page, $"## {experiment.Name}");
        Line(page, "");
        Line(page, experiment.Summary);
        Line(page, "");
        var data = experiment.IsEvaluation ? "none, it measures on that of the sweep that `from` names"
            : experiment.DataSets.IsEmpty ? "none, it makes its own"
            : $"{Code(experiment.DataSets)}, or `{SweepFileData.Paths}`";
        Line(page, $"* `data`: {data}");
        Line(page, $"* `metric`: {Code(NamesOf(experiment, MetricKind.Result))}");
        if (NamesOf(experiment, MetricKind.Timing) is { Count: > 0 } timings)
        {
            Line(page, $"* reported too, but never ranked by: {Code(timings)}");
        }

        Line(page, "");
        Line(page, "| parameter | value | unit | default | meaning |");
        Line(page, "|---|---|---|---|---|");
        foreach (var parameter in experiment.Parameters)
        {
            var condition = parameter.OnlyWhen is { } only
                ? $" Only when `{only.Parameter}` is {Code(only.Values.Select(v => v.Display), " or ")}."
                : "";
            Line(
                page,
                $"| `{parameter.Name}` | {Cell(parameter.Type.Expected)} | {Cell(parameter.Unit)} "
                + $"| `{parameter.Default}` | {Cell(parameter.Meaning + condition)} |");
        }
    }

    private static List<string> NamesOf(ExperimentDeclaration experiment, MetricKind kind) =>
        [.. experiment.Metrics.Where(metric => metric.Kind == kind).Select(metric => metric.Name)];

    private static string Code(IEnumerable<string> names, string separator = ", ") =>
        string.Join(separator, names.Select(name => $"`{name}`"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');
}
