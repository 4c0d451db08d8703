using System.Collections.Immutable;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Ends the attempts that nobody speaks for any more.</summary>
/// <remarks>
/// The look at the lock files happens inside the write transaction: a worker joins before it claims, so
/// whoever holds a lease that this transaction sees held its lock before, and a lock that is free now was
/// given up since.
/// </remarks>
internal static class Abandonment
{
    /// <summary>
    /// Loses the attempts of workers that are gone and, if asked, those whose lease is past its end.
    /// </summary>
    public static ImmutableArray<AttemptId> Lose(StoreTransaction transaction, string? sweep, bool expiredToo)
    {
        var now = transaction.Now;
        var lost = ImmutableArray.CreateBuilder<AttemptId>();
        foreach (var lease in LeaseTable.List(transaction.Session, sweep))
        {
            var reason = transaction.Store.Workers.WhyGone(lease.Worker, lease.Session)
                ?? (expiredToo && lease.EndsAt < now ? $"the lease ended at {lease.EndsAt:u}" : null);
            if (reason is null)
            {
                continue;
            }

            var command = new SweepCommand.LoseAttempt(
                new CommandId(Guid.NewGuid()), now, lease.Attempt, reason, LogTail: "");
            if (transaction.Decide(lease.Attempt.Sweep, command) is Decision.Accepted)
            {
                lost.Add(lease.Attempt);
            }
        }

        return lost.ToImmutable();
    }
}
