using System.Globalization;
using System.Text;

namespace Shared.Reports;

/// <summary>Writes <c>trials.csv</c>: one row a trial, with what equal sweeps share.</summary>
internal static class TrialsCsv
{
    /// <summary>
    /// The table; a cell is empty where a parameter is switched off or a metric is missing or not finite. A sweep
    /// that follows from another has a column with the number of the parent's trial that each trial began from.
    /// </summary>
    public static string Write(ReportModel model)
    {
        var text = new StringBuilder();
        var follows = model.Plan.From is not null;
        Row(text, ["trial", "configuration", "replicate", "outcome", .. follows ? (string[])["parent_trial"] : [],
            .. model.Plan.Swept, .. model.ResultMetrics.Select(m => m.Name)]);
        foreach (var trial in model.Trials)
        {
            Row(text, [
                trial.State.Number.ToString(CultureInfo.InvariantCulture),
                trial.State.Configuration,
                trial.State.Replicate.ToString(CultureInfo.InvariantCulture),
                trial.Status,
                .. follows ? (string[])[Parent(trial)] : [],
                .. model.Plan.Swept.Select(p => Parameter(trial, p)),
                .. model.ResultMetrics.Select(m => Metric(trial, m.Name))]);
        }

        return text.ToString();
    }

    private static string Parent(TrialResult trial) =>
        trial.State.Parent?.Attempt.Trial.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Parameter(TrialResult trial, string name) =>
        trial.Configuration.Swept.TryGetValue(name, out var value) ? value.Display : "";

    private static string Metric(TrialResult trial, string name) =>
        Spelling.Exact(trial.Values.TryGetValue(name, out var value) ? value : null);

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append(CsvLine.Of(cells));
}
