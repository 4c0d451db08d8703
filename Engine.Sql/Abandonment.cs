using System.Collections.Immutable;
using Shared.Engine;
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
        var lost = ImmutableArray.CreateBuilder<AttemptId>();
        foreach (var (attempt, reason) in Find(transaction, sweep, expiredToo))
        {
            var command = new SweepCommand.LoseAttempt(
                new CommandId(Guid.NewGuid()), transaction.Now, attempt, reason, LogTail: "");
            try
            {
                if (transaction.Decide(attempt.Sweep, command) is Decision.Accepted)
                {
                    lost.Add(attempt);
                }
            }
            catch (SweepUnreadableException) when (sweep is null)
            {
                // It costs that sweep and no other; nothing of it was written.
            }
        }

        return lost.ToImmutable();
    }

    /// <summary>The attempts of workers that are gone and, if asked, those whose lease is past its end.</summary>
    public static ImmutableArray<AbandonedAttempt> Find(
        StoreTransaction transaction, string? sweep, bool expiredToo)
    {
        var now = transaction.Now;
        return
        [
            .. from lease in LeaseTable.List(transaction.Session, sweep)
               let reason = transaction.Store.Workers.WhyGone(lease.Worker, lease.Session)
                   ?? (expiredToo && lease.EndsAt < now ? $"the lease ended at {lease.EndsAt:u}" : null)
               where reason is not null
               select new AbandonedAttempt(lease.Attempt, reason),
        ];
    }
}
