using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>How a command is decided against a state; the same for every engine.</summary>
public static class Deciding
{
    /// <summary>Decides a command, its time set to the store's.</summary>
    /// <param name="state">The sweep now.</param>
    /// <param name="command">As its sender gave it.</param>
    /// <param name="now">The store's time.</param>
    /// <param name="hasBatches">Whether batches 1 to a number of an attempt are stored.</param>
    /// <returns>The answer, and the state once its events are appended.</returns>
    public static (Decision Decision, SweepState Next) Decide(
        SweepState state, SweepCommand command, DateTimeOffset now, Func<AttemptId, int, bool> hasBatches)
    {
        var decision = Sweep.Decide(state, command with { At = now });
        if (decision is not Decision.Accepted { IsRepeat: false } accepted)
        {
            return (decision, state);
        }

        return CountedBatches.Of(command) is var (attempt, last) && !hasBatches(attempt, last)
            ? (new Decision.Rejected(Rejection.BatchesMissing), state)
            : (decision, accepted.Events.Aggregate(state, Sweep.Evolve));
    }
}
