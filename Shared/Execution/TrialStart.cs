using Shared.Search;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What a slot is told of an attempt, as far as it follows from the sweep's plan.</summary>
public static class TrialStart
{
    /// <summary>The start of an attempt at its trial, from update 0.</summary>
    /// <param name="plan">The sweep's plan.</param>
    /// <param name="attempt">The attempt.</param>
    public static ToSlot.Start Of(SweepPlan plan, AttemptId attempt)
    {
        var trial = plan.Trials[attempt.Trial - 1];
        var configuration = plan.Configurations.Single(c => c.Id == trial.Configuration);
        return new ToSlot.Start(
            attempt, plan.Experiment, Configuration.JsonOf(configuration.Resolved), plan.Data, plan.Seed,
            trial.Replicate)
        {
            Samples = plan.Samples,
            CheckpointEvery = plan.Checkpoint?.EveryUpdates,
        };
    }
}
