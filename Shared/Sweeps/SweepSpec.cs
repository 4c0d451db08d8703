using System.Collections.Immutable;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>A sweep file, parsed and found right.</summary>
/// <param name="Name">Name of the sweep as the file gives it.</param>
/// <param name="Question">What the sweep is to answer, one sentence.</param>
/// <param name="Experiment">Name of a declared experiment.</param>
/// <param name="Data">Name of the data set, or nothing where the experiment makes its own.</param>
/// <param name="Seed">Seed of the sweep; every random stream follows from it and the replicate.</param>
/// <param name="Replicates">How often each configuration is run, at least 1.</param>
/// <param name="Retries">How many failed attempts of a trial are tried again, at least 0.</param>
/// <param name="Metric">The metric that ranks configurations.</param>
/// <param name="Parameters">The parameters that the file names, in its order.</param>
public sealed record SweepSpec(
    string Name,
    string Question,
    string Experiment,
    string? Data,
    long Seed,
    int Replicates,
    int Retries,
    MetricGoal Metric,
    ImmutableArray<ParameterChoice> Parameters)
{
    /// <summary>What the command line changed; nothing when the file was taken as it stands.</summary>
    public SweepChoices? Choices { get; init; }

    /// <summary>Pictures that trials leave while they train; nothing for none.</summary>
    public SampleGrids? Samples { get; init; }

    /// <summary>How often trials leave checkpoints; nothing where they are due by time.</summary>
    public SweepCheckpoints? Checkpoint { get; init; }

    /// <summary>What a trial takes; nothing for one slot.</summary>
    public SweepResources? Resources { get; init; }

    /// <summary>What a worker must have; nothing where every worker will do.</summary>
    public Requirements? Requirements { get; init; }

    /// <summary>The sweep whose trials' models its trials begin from; nothing for weights drawn anew.</summary>
    public ParentSweep? From { get; init; }

    /// <summary>The tables of its report; nothing for those that follow from what is swept.</summary>
    public SweepReport? Report { get; init; }
}

/// <summary>The metric that ranks configurations, and which end of it is the better one.</summary>
public sealed record MetricGoal(string Name, Goal Goal);

/// <summary>Which end of a metric is the better one.</summary>
public enum Goal
{
    /// <summary>Small values are better.</summary>
    Minimize,

    /// <summary>Large values are better.</summary>
    Maximize,
}

/// <summary>A parameter of the sweep file: one value when fixed, several when swept.</summary>
/// <param name="Name">Dotted name, such as <c>sampler.steps</c>.</param>
/// <param name="Values">The values in the file's order; exactly one when fixed.</param>
/// <param name="IsSwept">Written as <c>{values: […]}</c>.</param>
public sealed record ParameterChoice(string Name, ImmutableArray<ParameterValue> Values, bool IsSwept);
