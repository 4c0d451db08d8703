using Shared.Experiments;
using Shared.Sweeps;

namespace Shared.Search;

/// <summary>A sweep cut down to what shows that each of its configurations runs.</summary>
public static class TestPlan
{
    /// <summary>Updates of each configuration: the first one warms up, the second one is timed.</summary>
    public const int Updates = 2;

    /// <summary>
    /// One trial a configuration: replicate 1, <see cref="Updates"/> updates at most, no retries. Ids stay those
    /// of the sweep. They begin from fresh weights, which cost what a parent's do: no parent is waited for.
    /// </summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="experiment">The declaration of its experiment.</param>
    /// <exception cref="InvalidOperationException">
    /// The parameter that the experiment names does not set its updates.
    /// </exception>
    public static SweepPlan Of(SweepPlan plan, ExperimentDeclaration experiment) => plan with
    {
        Retries = 0,
        From = null,
        Configurations =
        [
            .. plan.Configurations.Select(c => c with
            {
                Resolved = experiment.WithUpdates(
                    c.Resolved, Math.Min(Updates, experiment.UpdatesOf(c.Resolved))),
            }),
        ],
        Trials = [.. plan.Configurations.Select((c, i) => new PlannedTrial(i + 1, c.Id, 1))],
    };
}
