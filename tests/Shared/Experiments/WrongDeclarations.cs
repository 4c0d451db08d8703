using Shared.Experiments;
using Shared.Metrics;

namespace Tests.Shared.Experiments;

// Each breaks one rule of declarations, the one that it is named after.
public sealed record WithoutAttribute : IExperimentParameters<WithoutAttribute>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    public int Steps { get; init; } = 1;
}

public sealed record WithoutRange : IExperimentParameters<WithoutRange>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    public int Steps { get; init; } = 1;
}

public sealed record EmptyRange : IExperimentParameters<EmptyRange>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(9, 1)]
    public int Steps { get; init; } = 1;
}

public sealed record RangeBeyondType : IExperimentParameters<RangeBeyondType>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(1, 1e10)]
    public int Steps { get; init; } = 1;
}

public sealed record RangeOnChoice : IExperimentParameters<RangeOnChoice>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(1, 9)]
    public ChainStart Start { get; init; }
}

public sealed record DefaultOutOfRange : IExperimentParameters<DefaultOutOfRange>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(1, 9)]
    public int Steps { get; init; }
}

public sealed record Unsettable : IExperimentParameters<Unsettable>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(1, 9)]
    public int Steps => 1;
}

public sealed record TextParameter : IExperimentParameters<TextParameter>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    public string Title { get; init; } = "";
}

public sealed record UnknownCondition : IExperimentParameters<UnknownCondition>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(1, 9)]
    [OnlyWhen("start", "noise")]
    public int Steps { get; init; } = 1;
}

public sealed record ConditionNeverMet : IExperimentParameters<ConditionNeverMet>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    public ChainStart Start { get; init; }

    [Parameter("What it is.")]
    [Range(1, 9)]
    [OnlyWhen("start", "sideways")]
    public int Steps { get; init; } = 1;
}

public sealed record ConditionOnNumber : IExperimentParameters<ConditionOnNumber>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [Range(1, 9)]
    public int Other { get; init; } = 1;

    [Parameter("What it is.")]
    [Range(1, 9)]
    [OnlyWhen("other", "1")]
    public int Steps { get; init; } = 1;
}

public sealed record ConditionOnItself : IExperimentParameters<ConditionOnItself>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;

    [Parameter("What it is.")]
    [OnlyWhen("start", "noise")]
    public ChainStart Start { get; init; }
}

public sealed record OddName : IExperimentParameters<OddName>
{
    public static string Name => "Odd_Name";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;
}

public sealed record NoResults : IExperimentParameters<NoResults>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.UpdatesPerSecond];

    public int Updates => 1;
}

public sealed record MetricTwice : IExperimentParameters<MetricTwice>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss, TrainingMetrics.Loss];

    public int Updates => 1;
}

public record NotSealed : IExperimentParameters<NotSealed>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;
}

public sealed class NotARecord : IExperimentParameters<NotARecord>
{
    public static string Name => "wrong";

    public static string Summary => "Wrong.";

    public static IReadOnlyList<string> DataSets => [];

    public static IReadOnlyList<MetricDeclaration> Metrics => [TrainingMetrics.Loss];

    public int Updates => 1;
}
