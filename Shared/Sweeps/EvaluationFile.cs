using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>Writes the sweep file of an evaluation, as a user could.</summary>
public static class EvaluationFile
{
    /// <summary>The file, as JSON: a sweep file too.</summary>
    /// <param name="measured">The sweep whose models are measured; submitted.</param>
    /// <param name="parts">What is measured: names of <see cref="EvaluationPart.All"/>.</param>
    /// <param name="trial">The one trial to measure; nothing for every one with a model.</param>
    /// <param name="parameters">
    /// What it is measured with, where settings of the command line change it: the metric that ranks follows.
    /// </param>
    public static string Of(
        SweepState measured,
        ImmutableArray<string> parts,
        int? trial,
        ModelEvaluationParameters? parameters = null)
    {
        ImmutableArray<EvaluationPart> asked =
            [.. EvaluationPart.All.Where(part => parts.Contains(part.Name, StringComparer.Ordinal))];
        var data = measured.Plan!.Data;
        var switches = asked.ToDictionary(
            part => part.Switch, part => new ParameterValue(JsonSerializer.Serialize(part.On)), StringComparer.Ordinal);
        var metric = asked[0].Ranking(
            parameters ?? ExperimentDeclaration.Of<ModelEvaluationParameters>()
                .Bind<ModelEvaluationParameters>(switches),
            data);
        var from = new ParentSweep(measured.Name, ParentSweep.Model) { Trial = trial };
        return JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = NameOf(measured, asked, trial),
            ["question"] = $"What {(asked.Length == 1 ? "does" : "do")} {string.Join(" and ", asked.Select(part => part.Name))} say of the models of "
                + $"{measured.Name}?",
            ["experiment"] = ModelEvaluationParameters.Name,
            ["seed"] = measured.Plan.Seed,
            ["metric"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = metric.Name,
                ["goal"] = metric.Direction is Direction.Lower ? "minimize" : "maximize",
            },
            ["from"] = JsonDocument.Parse(from.Json).RootElement,
            ["parameters"] = asked.ToDictionary(part => part.Switch, part => part.On, StringComparer.Ordinal),
        });
    }

    /// <summary>
    /// The name of the measured sweep, its trial and the parts, or one word for all parts that measure such models;
    /// cut where that is too long.
    /// </summary>
    private static string NameOf(SweepState measured, ImmutableArray<EvaluationPart> parts, int? trial)
    {
        var models = EvaluationPlan.ModelsOf(measured.Plan!, ExperimentCatalog.Default);
        var one = trial is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"-trial-{number}")
            : "";
        var all = parts.Length > 1 && parts.Length == EvaluationPart.All.Count(p => p.WhyNotOn(models) is null)
            ? "evaluation"
            : string.Join('-', parts.Select(part => part.Name));
        var ending = $"{one}-{all}";
        return measured.Name[..Math.Min(measured.Name.Length, SweepFileHead.NameLimit - ending.Length)] + ending;
    }
}
