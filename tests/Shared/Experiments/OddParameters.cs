using Shared.Experiments;
using Shared.Metrics;

namespace Tests.Shared.Experiments;

/// <summary>A right declaration with every kind of parameter that the product's own do not use.</summary>
public sealed record OddParameters : IExperimentParameters<OddParameters>
{
    public static string Name => "odd";

    public static string Summary => "Odd.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("A large number.")]
    [Range(0, 10_000_000_000)]
    public long BigCount { get; init; } = 5_000_000_000;

    [Parameter("A truth.")]
    public bool IsOn { get; init; } = true;

    [Parameter("A limit.")]
    [Range(1, 9, ExclusiveMinimum = true, ExclusiveMaximum = true)]
    public int? Limit { get; init; }

    public OddGroup Inner { get; init; } = new();
}

/// <summary>A group of parameters.</summary>
public sealed record OddGroup
{
    [Parameter("A choice.")]
    public OddChoice FirstChoice { get; init; } = OddChoice.FarRight;

    [Parameter("A depth.", Unit = "m")]
    [Range(0, 1)]
    [OnlyWhen("inner.first_choice", "far-right")]
    public double Depth { get; init; } = 0.5;
}

/// <summary>A choice whose second word is two.</summary>
public enum OddChoice
{
    Left,
    FarRight,
}
