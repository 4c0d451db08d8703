using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Akka.Wire;

/// <summary>
/// What a coordinator can be asked. It travels as JSON in <see cref="Parcel"/>s; asking again after a silence
/// harms nobody.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "request")]
[JsonDerivedType(typeof(Submit), "submit")]
[JsonDerivedType(typeof(Send), "send")]
[JsonDerivedType(typeof(Renew), "renew")]
[JsonDerivedType(typeof(Lose), "lose")]
[JsonDerivedType(typeof(Describe), "describe")]
internal abstract record Request
{
    private Request()
    {
    }

    /// <summary>Submit a sweep.</summary>
    public sealed record Submit(Submission Submission) : Request;

    /// <summary>Decide a command.</summary>
    public sealed record Send(string Sweep, SweepCommand Command) : Request;

    /// <summary>Extend the leases of these attempts.</summary>
    public sealed record Renew(ImmutableArray<AttemptId> Attempts) : Request;

    /// <summary>Lose the attempts that nobody speaks for; of one sweep, or of all where none is named.</summary>
    public sealed record Lose(string? Sweep, bool ExpiredToo) : Request;

    /// <summary>Say what the cluster looks like from here.</summary>
    public sealed record Describe : Request;
}

/// <summary>What a coordinator answers; small, because whatever is large is read from the database.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "reply")]
[JsonDerivedType(typeof(Named), "named")]
[JsonDerivedType(typeof(Blocked), "blocked")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(Attempts), "attempts")]
[JsonDerivedType(typeof(Description), "description")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(NotYet), "not-yet")]
[JsonDerivedType(typeof(Silent), "silent")]
[JsonDerivedType(typeof(Unusable), "unusable")]
[JsonDerivedType(typeof(Unreadable), "unreadable")]
internal abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>The submitted sweep has this name.</summary>
    public sealed record Named(string Sweep) : Reply;

    /// <summary>An unfinished sweep of that name stands in the way.</summary>
    public sealed record Blocked(string Sweep, ImmutableArray<string> ChangedKeys) : Reply;

    /// <summary>The command's events are in the journal.</summary>
    public sealed record Accepted(bool IsRepeat) : Reply;

    /// <summary>The command changes nothing.</summary>
    public sealed record Rejected(Rejection Reason) : Reply;

    /// <summary>Attempts that were lost, or that hold no lease.</summary>
    public sealed record Attempts(ImmutableArray<AttemptId> Of) : Reply;

    /// <summary>The cluster as the coordinator sees it.</summary>
    public sealed record Description(ClusterView View) : Reply;

    /// <summary>This parcel is here; others of the request are missing.</summary>
    public sealed record Taken : Reply;

    /// <summary>Ask again soon: histories are being replayed, or parcels of the request were lost.</summary>
    public sealed record NotYet(string Why) : Reply;

    /// <summary>The database did not answer; the same request may succeed later.</summary>
    public sealed record Silent(string Why) : Reply;

    /// <summary>The store cannot be used.</summary>
    public sealed record Unusable(string Why) : Reply;

    /// <summary>The history of this sweep cannot be read; others can.</summary>
    public sealed record Unreadable(string Sweep, string Why) : Reply;

    /// <summary>What somebody is told whose request met a failure of the store.</summary>
    public static Reply After(Exception failure) => failure switch
    {
        SweepUnreadableException unreadable => new Unreadable(unreadable.Sweep, unreadable.Message),
        StoreUnusableException unusable => new Unusable(unusable.Message),
        _ => new Silent(failure.Message),
    };
}

/// <summary>The cluster as its coordinator sees it.</summary>
/// <param name="Coordinator">Address of the node that coordinates.</param>
/// <param name="Since">Since when, by the clock of that node.</param>
/// <param name="Members">Every member, in the cluster's order of age.</param>
/// <param name="Sweeps">Names of the sweeps whose histories are in memory, in ordinal order.</param>
public sealed record ClusterView(
    string Coordinator, DateTimeOffset Since, ImmutableArray<MemberView> Members, ImmutableArray<string> Sweeps);

/// <summary>A member of the cluster.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Roles">What it is there for.</param>
/// <param name="Status">Where it stands in the cluster's life cycle.</param>
/// <param name="IsReachable">Whether its heartbeats arrive.</param>
public sealed record MemberView(string Address, ImmutableArray<string> Roles, string Status, bool IsReachable);
