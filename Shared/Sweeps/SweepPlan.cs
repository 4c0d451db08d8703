using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>Everything a sweep fixes when it is submitted; written into its first event.</summary>
/// <param name="Spec">
/// The sweep file as canonical JSON; two files are unchanged when these are equal.
/// </param>
/// <param name="Question">What the sweep is to answer.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Data">Name of the data set, if the experiment needs one.</param>
/// <param name="Seed">Seed of the sweep.</param>
/// <param name="Retries">How many failed attempts of a trial are tried again.</param>
/// <param name="Metric">The metric that ranks configurations.</param>
/// <param name="Swept">Dotted names of the swept parameters, in the file's order.</param>
/// <param name="Ignored">
/// Fixed parameters of the file that another one switches off in some configuration or in all.
/// </param>
/// <param name="Configurations">The configurations, in grid order.</param>
/// <param name="Trials">The trials, configuration-major, replicate inner, numbered from 1.</param>
public sealed record SweepPlan(
    string Spec,
    string Question,
    string Experiment,
    string? Data,
    long Seed,
    int Retries,
    MetricGoal Metric,
    ImmutableArray<string> Swept,
    ImmutableArray<string> Ignored,
    ImmutableArray<Configuration> Configurations,
    ImmutableArray<PlannedTrial> Trials)
{
    /// <summary>
    /// Whether its trials measure the models of the sweep that it follows from, and train none; then it has
    /// that sweep's configurations, replicates and data.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEvaluation { get; init; }

    /// <summary>Data sets that its trials read beside its own; nothing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataBeside? DataBeside { get; init; }

    /// <summary>Every data set that its trials read, their own first.</summary>
    [JsonIgnore]
    public IEnumerable<string> AllData => Data is { } own ? [own, .. DataBeside?.Sets ?? []] : [];

    /// <summary>
    /// What the command line changed in the file, whose result <see cref="Spec"/> holds; nothing when the
    /// file was taken as it stands.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SweepChoices? Choices { get; init; }

    /// <summary>Pictures that trials leave while they train; nothing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SampleGrids? Samples { get; init; }

    /// <summary>How often trials leave checkpoints; nothing where they are due by time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SweepCheckpoints? Checkpoint { get; init; }

    /// <summary>What a trial takes of its worker; nothing for one slot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SweepResources? Resources { get; init; }

    /// <summary>What a worker must have; nothing where every worker will do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Requirements? Requirements { get; init; }

    /// <summary>The sweep whose trials' artifacts its trials wait for; nothing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParentSweep? From { get; init; }

    /// <summary>The tables of its report; nothing for those that follow from what is swept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SweepReport? Report { get; init; }
}

/// <summary>Data sets that trials read beside their own.</summary>
/// <param name="Sets">Their names, in the order of the catalogue.</param>
public sealed record DataBeside(ImmutableArray<string> Sets);

/// <summary>One configuration with one replicate.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Configuration">Id of the configuration.</param>
/// <param name="Replicate">From 1; replicate r is paired across configurations.</param>
public sealed record PlannedTrial(int Number, string Configuration, int Replicate)
{
    /// <summary>
    /// Number of the parent sweep's trial that it follows; nothing without a parent, and in sweeps of programs
    /// that paired trials later.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Follows { get; init; }
}
