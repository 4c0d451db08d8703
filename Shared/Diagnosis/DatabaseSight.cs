using System.Collections.Immutable;

namespace Shared.Diagnosis;

/// <summary>What was seen of a store in PostgreSQL from one box.</summary>
/// <param name="Store">Its address, without a password.</param>
/// <param name="IsHere">Whether the address names this machine.</param>
/// <param name="ServerVersion">Such as <c>15.17</c>.</param>
/// <param name="Encryption">
/// Protocol and cipher as negotiated; nothing where the connection is not encrypted.
/// </param>
/// <param name="Trust">What the client made sure of before it sent a password.</param>
/// <param name="User">Name of the login.</param>
/// <param name="IsSuperuser">Whether it may do everything on the server.</param>
/// <param name="Roles">Those of the store's roles whose rights it has.</param>
/// <param name="Version">Of the store; nothing where there is none.</param>
/// <param name="KnownVersion">The version that this program knows.</param>
/// <param name="Ahead">
/// How far the database's clock is ahead of the box's; below zero where it is behind.
/// </param>
/// <param name="RoundTrip">How long a question took.</param>
/// <param name="KeepsSessions">Whether a connection stays with one session of the server.</param>
public sealed record DatabaseSight(
    string Store,
    bool IsHere,
    string ServerVersion,
    string? Encryption,
    ServerTrust Trust,
    string User,
    bool IsSuperuser,
    ImmutableArray<string> Roles,
    string? Version,
    string KnownVersion,
    TimeSpan Ahead,
    TimeSpan RoundTrip,
    bool KeepsSessions)
{
    /// <summary>
    /// Transactions that hold locks of the store for longer than <see cref="DatabaseFindings.LongestHold"/>; only
    /// of this login where it may not see others' sessions.
    /// </summary>
    public ImmutableArray<LockHolder> Holders { get; init; } = [];
}

/// <summary>Somebody whose open transaction keeps others waiting.</summary>
/// <param name="Process">Number of its process on the server.</param>
/// <param name="User">Name of the login.</param>
/// <param name="Address">Where it connects from.</param>
/// <param name="Since">When its transaction began, by the server's clock.</param>
/// <param name="Waiting">How many sessions wait for it now.</param>
public sealed record LockHolder(int Process, string User, string Address, DateTimeOffset Since, int Waiting);

/// <summary>What a client makes sure of before it sends a password.</summary>
public enum ServerTrust
{
    /// <summary>Nothing: the server may be anybody.</summary>
    None,

    /// <summary>A trusted authority signed the server's certificate.</summary>
    Authority,

    /// <summary>Also, the certificate names the host.</summary>
    HostName,
}
