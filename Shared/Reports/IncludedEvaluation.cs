using System.Collections.Immutable;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>An evaluation of a sweep's models that its report includes.</summary>
/// <param name="Model">What the evaluation's own report says.</param>
public sealed record IncludedEvaluation(ReportModel Model)
{
    private readonly Dictionary<string, ConfigurationResult> _byId =
        Model.Configurations.ToDictionary(c => c.Configuration.Id, StringComparer.Ordinal);

    /// <summary>Name of the evaluation.</summary>
    public string Name => Model.State.Name;

    /// <summary>The metrics that one of its trials reported, in the order of declaration.</summary>
    public ImmutableArray<MetricDeclaration> Measured { get; } =
    [
        .. Model.ResultMetrics.Where(m => Model.Configurations.Any(c => c.Metrics.ContainsKey(m.Name))),
    ];

    /// <summary>Those that stand in the first table.</summary>
    public ImmutableArray<MetricDeclaration> Headlines =>
        [.. Measured.Where(m => m.IsHeadline || m.Name == Model.Plan.Metric.Name)];

    /// <summary>What was measured with, as the evaluation's sweep file resolves it; parts that are off left out.</summary>
    public string Parameters => string.Join(
        ", ",
        Model.Configurations[0].Configuration.Resolved
            .Where(p => p.Value != ParameterType.Optional.None)
            .Select(p => $"{p.Key} {p.Value.Display}"));

    /// <summary>What it measured of a configuration of the sweep; nothing where it has none of its trials.</summary>
    /// <param name="id">Id of the configuration.</param>
    public ConfigurationResult? Of(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// Why a sweep's report cannot include another one, a sentence without its stop; nothing where it can.
    /// </summary>
    /// <param name="sweep">The sweep that is reported.</param>
    /// <param name="other">The one that is to be included; submitted.</param>
    public static string? WhyNot(SweepState sweep, SweepState other) => other.Plan switch
    {
        { IsEvaluation: false } =>
            $"{other.Name} is no evaluation but a sweep of {other.Plan.Experiment}: compare it with "
            + $"./sweep report {sweep.Name} {other.Name}",
        { From.Sweep: var measured } when measured != sweep.Name =>
            $"{other.Name} is an evaluation of {measured} and not of {sweep.Name}",
        _ => null,
    };
}
