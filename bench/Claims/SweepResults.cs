using System.Text.Json;

namespace Bench.Claims;

/// <summary>Reads rows from a sweep's <c>report.json</c>.</summary>
internal static class SweepResults
{
    /// <summary>The row of a configuration.</summary>
    /// <param name="plan">Which one.</param>
    /// <param name="json">Content of <c>report.json</c>.</param>
    /// <exception cref="InvalidOperationException">No configuration, or more than one, is meant.</exception>
    public static Row Read(RowPlan plan, string json)
    {
        using var document = JsonDocument.Parse(json);
        var results = document.RootElement.GetProperty("results");
        var found = results.GetProperty("configurations").EnumerateArray()
            .Where(configuration => IsMeant(plan, configuration))
            .ToList();
        if (found is not [var configuration])
        {
            throw new InvalidOperationException(
                $"{found.Count} configurations of {plan.File} are '{plan.Name}', and one should be");
        }

        var id = configuration.GetProperty("id").GetString();
        var trials = results.GetProperty("trials").EnumerateArray()
            .Where(trial => trial.GetProperty("configuration").GetString() == id)
            .ToList();
        return new Row(
            plan.Name,
            trials.Count(trial => Outcome(trial) == "diverged"),
            [.. trials.Where(trial => Outcome(trial) == "completed").Select(Metrics)]);
    }

    private static bool IsMeant(RowPlan plan, JsonElement configuration) =>
        plan.Parameter is null
        || (configuration.GetProperty("parameters").TryGetProperty(plan.Parameter, out var value)
            && value.ToString() == plan.Value);

    private static string? Outcome(JsonElement trial) => trial.GetProperty("outcome").GetString();

    private static Dictionary<string, double> Metrics(JsonElement trial) => trial.GetProperty("metrics")
        .EnumerateObject()
        .Where(metric => metric.Value.ValueKind is JsonValueKind.Number)
        .ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble(), StringComparer.Ordinal);
}
