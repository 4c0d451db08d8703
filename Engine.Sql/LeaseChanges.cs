using System.Collections.Immutable;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>How the leases of a sweep follow its state: whatever runs holds one.</summary>
/// <param name="Given">Attempts that began to run.</param>
/// <param name="Taken">Attempts that run no more.</param>
internal sealed record LeaseChanges(ImmutableArray<AttemptState> Given, ImmutableArray<AttemptId> Taken)
{
    private static readonly LeaseChanges None = new([], []);

    /// <summary>What changes between two states of a sweep.</summary>
    public static LeaseChanges Between(SweepState before, SweepState after) =>
        ReferenceEquals(before.Running, after.Running)
            ? None
            : new LeaseChanges(
                [
                    .. after.Running
                        .Where(running => !Runs(before, running.Value))
                        .Select(running => after.Trial(running.Key).Attempts[running.Value.Number - 1]),
                ],
                [.. before.Running.Values.Where(attempt => !Runs(after, attempt))]);

    private static bool Runs(SweepState state, AttemptId attempt) =>
        state.Running.TryGetValue(attempt.Trial, out var running) && running == attempt;
}
