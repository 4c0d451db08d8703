using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>
/// What an experiment accepts and reports. One record implements it per experiment; its properties, and those
/// of the records they hold, are the parameters: <c>Sampler.StepSize</c> is <c>sampler.step_size</c> in a
/// sweep file.
/// </summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IExperimentParameters<TSelf>
    where TSelf : IExperimentParameters<TSelf>, new()
{
    /// <summary>Name in sweep files, kebab-case.</summary>
    static abstract string Name { get; }

    /// <summary>What is trained, one sentence.</summary>
    static abstract string Summary { get; }

    /// <summary>Names of the data sets that it can train on; empty when it makes its own data.</summary>
    static abstract IReadOnlyList<string> DataSets { get; }

    /// <summary>The metrics that it reports.</summary>
    static abstract IReadOnlyList<MetricDeclaration> Metrics { get; }

    /// <summary>
    /// Dotted name of the parameter that sets <see cref="Updates"/>; a test of a sweep makes it small.
    /// </summary>
    static virtual string UpdatesParameter => "training.updates";

    /// <summary>
    /// Whether its trials measure the models of another sweep, of any experiment, and train none: their
    /// configurations, replicates and data are the other sweep's.
    /// </summary>
    static virtual bool IsEvaluation => false;

    /// <summary>How many updates a trial with these parameters makes; progress is counted in these.</summary>
    int Updates { get; }

    /// <summary>
    /// What is wrong with these parameters together, beside the range of each; empty when nothing is.
    /// </summary>
    IReadOnlyList<ParameterConflict> Conflicts => [];

    /// <summary>Names of the data sets that a trial reads beside its own.</summary>
    /// <param name="data">Its own, or nothing.</param>
    IReadOnlyList<string> DataBeside(string? data) => [];

    /// <summary>Of an evaluation: why it cannot measure a sweep's models, ends a sentence; nothing where it can.</summary>
    /// <param name="measured">That sweep.</param>
    string? WhyNotOn(MeasuredSweep measured) => null;
}
