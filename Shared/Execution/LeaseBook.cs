using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>A worker's view of its leases: when to renew, what it may judge, when to give up.</summary>
/// <param name="Times">Lease times of the store.</param>
/// <param name="ContactSince">
/// Since when the store has answered without a break; nothing after it did not.
/// </param>
/// <param name="LastContact">When the store last answered.</param>
/// <param name="SilentSince">
/// Since when the store was asked in vain while this worker was awake; nothing while it answers.
/// </param>
/// <param name="RenewedAt">When a renewal was last asked for.</param>
/// <param name="Held">The attempts this worker speaks for.</param>
public sealed record LeaseBook(
    LeaseTimes Times,
    DateTimeOffset? ContactSince,
    DateTimeOffset LastContact,
    DateTimeOffset? SilentSince,
    DateTimeOffset RenewedAt,
    ImmutableSortedSet<AttemptId> Held)
{
    private static readonly IComparer<AttemptId> Order = Comparer<AttemptId>.Create((a, b) =>
        string.CompareOrdinal(a.Sweep, b.Sweep) is var sweep and not 0
            ? sweep
            : (a.Trial, a.Number).CompareTo((b.Trial, b.Number)));

    /// <summary>The book of a worker that has just reached the store.</summary>
    public static LeaseBook Open(LeaseTimes times, DateTimeOffset now) =>
        new(times, now, now, null, now, ImmutableSortedSet.Create(Order));

    /// <summary>Whether a renewal is due: one beat after the last.</summary>
    /// <remarks>
    /// A clock that was set back counts as a beat, or renewals would wait for it to catch up.
    /// </remarks>
    public bool IsRenewalDue(DateTimeOffset now) =>
        !Held.IsEmpty && (now - RenewedAt).Duration() >= Times.Beat;

    /// <summary>
    /// Whether this worker may judge leases by their end: its own contact was unbroken for a whole lease.
    /// </summary>
    public bool MayJudge(DateTimeOffset now) =>
        ContactSince is { } since && now - since >= Times.Lease && !IsContactBroken(now);

    /// <summary>Whether the store has been out of reach for longer than a slot may train on.</summary>
    public bool IsCutOffTooLong(DateTimeOffset now) =>
        SilentSince is { } since && now - since > Times.CutOffLimit;

    /// <summary>The store answered.</summary>
    public LeaseBook Answered(DateTimeOffset now) =>
        this with
        {
            ContactSince = IsContactBroken(now) ? now : ContactSince ?? now,
            LastContact = now,
            SilentSince = null,
        };

    /// <summary>The store did not answer.</summary>
    public LeaseBook Unanswered(DateTimeOffset now) =>
        this with { ContactSince = null, SilentSince = SilentSince ?? now };

    /// <summary>Time went on.</summary>
    /// <remarks>
    /// Where it leapt, the computer slept or the worker was stopped: it has not tried to reach the store for
    /// so long, and a silence counts from now on.
    /// </remarks>
    public LeaseBook Ticked(DateTimeOffset last, DateTimeOffset now) =>
        SilentSince is not null && (now - last).Duration() > Times.Lease / 2
            ? this with { SilentSince = now }
            : this;

    /// <summary>An attempt was claimed.</summary>
    public LeaseBook Claimed(AttemptId attempt) => this with { Held = Held.Add(attempt) };

    /// <summary>An attempt ended, or its lease is another's.</summary>
    public LeaseBook Released(AttemptId attempt) => this with { Held = Held.Remove(attempt) };

    /// <summary>A renewal was asked for.</summary>
    public LeaseBook Renewing(DateTimeOffset now) => this with { RenewedAt = now };

    /// <summary>
    /// Nothing was heard for half a lease: the computer slept, the clock jumped, or a call hung.
    /// </summary>
    /// <remarks>
    /// A shorter gap harms nobody: a lease that was renewed a beat before it is good past its end. In a
    /// longer one all leases may have run out together, so that their holders get a whole lease to renew
    /// before anyone judges.
    /// </remarks>
    private bool IsContactBroken(DateTimeOffset now) => (now - LastContact).Duration() > Times.Lease / 2;
}
