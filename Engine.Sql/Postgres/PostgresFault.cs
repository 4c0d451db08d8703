using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Shared.Diagnosis;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>
/// Says in one sentence what a failure of PostgreSQL means for the person who runs the program.
/// </summary>
internal static class PostgresFault
{
    // Codes that the store's own functions raise; see functions.sql.
    private const string OtherVersion = "SW001";
    private const string Refused = "SW002";
    private const string LeaseHeld = "SW003";
    private const string NoSweep = "SW004";
    private const string NotJoined = "SW005";
    private const string WorkerMayNot = " is a worker and may not ";
    private const string IdleTooLong = "25P03";   // idle_in_transaction_session_timeout

    /// <summary>Whether a failure is one of the connection or of the server.</summary>
    public static bool IsOne(Exception failure) =>
        failure is NpgsqlException or TimeoutException or IOException or SocketException
            or AuthenticationException or ObjectDisposedException;

    /// <summary>The failure as the store's user sees it; a fault of this program stays what it is.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="store">How the store is named to people.</param>
    /// <param name="ignored">Why a file of passwords is not asked, where one is not.</param>
    public static Exception Explain(Exception failure, string store, string? ignored = null) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } when ignored is not null =>
            NoPassword(store, ignored),
        PostgresException answered => Explain(answered, store),
        NpgsqlException { InnerException: null } asked
            when asked.Message.StartsWith("No password has been provided", StringComparison.Ordinal) =>
            NoPassword(store, ignored ?? "none was found: see PGPASSWORD, PGPASSWORD_FILE or .pgpass"),
        _ when Encryption(failure) is { } why => new StoreUnusableException(
            $"the server of the store {store} and this program agree on no encryption ({why}): "
            + "see sslmode in its address"),
        _ => new StoreUnreachableException(
            $"the store {store} does not answer ({Innermost(failure).Message}): see that its server runs and "
            + "can be reached from here",
            failure),
    };

    /// <summary>Whether a failure ends the connection that it came on.</summary>
    public static bool IsFatal(Exception failure) => failure is not PostgresException { Severity: "ERROR" };

    private static Exception Explain(PostgresException failure, string store) => failure.SqlState switch
    {
        LeaseHeld => new LeaseHeldException(failure.MessageText),
        NoSweep => new ArgumentException(failure.MessageText, nameof(store), failure),
        Refused when failure.MessageText.Contains(WorkerMayNot, StringComparison.Ordinal) =>
            MayNot(store, failure.MessageText, DatabaseFindings.User),
        Refused => new StoreUnusableException($"the store {store} refuses: {failure.MessageText}"),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new StoreUnusableException(
                $"the store {store} does not let this user in ({failure.MessageText}): see PGPASSWORD, "
                + "PGPASSWORD_FILE or .pgpass, and the server's pg_hba.conf"),
        PostgresErrorCodes.InvalidCatalogName => new StoreUnusableException(
            $"the server of the store {store} has no such database: make it, then run ./sweep migrate"),
        PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.UndefinedFunction => NoStore(store),
        PostgresErrorCodes.InsufficientPrivilege => MayNot(
            store, failure.MessageText, RoleFor(failure.MessageText)),
        _ when MayPass(failure.SqlState) => new StoreUnreachableException(
            $"the store {store} did not carry that out ({failure.MessageText}): it may do so later", failure),
        _ => failure,
    };

    /// <summary>What to say where a database holds no store.</summary>
    public static StoreUnusableException NoStore(string store) => new(
        $"there is no store in {store}: make it with ./sweep migrate, as a role that may");

    private static StoreUnusableException MayNot(string store, string why, string role) => new(
        $"this login may not do that in the store {store} ({why}): use one in the role {role}, or have an "
        + "administrator GRANT it that role, which ./sweep migrate --roles shows how to make");

    // What workers may not do and users may, and what nobody does without a role; the rest is the owner's.
    private static string RoleFor(string denied) => denied switch
    {
        "permission denied for function lock_names" or "permission denied for function submit_sweep" =>
            DatabaseFindings.User,
        "permission denied for schema sweeps" =>
            $"{DatabaseFindings.User}, or {DatabaseFindings.Worker} for a box",
        _ => DatabaseFindings.Owner,
    };

    // Lost connections, shut-downs, a full disk, too little memory, too many connections, broken-off waits.
    private static bool MayPass(string state) =>
        state is OtherVersion or NotJoined
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or IdleTooLong
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state.StartsWith("58", StringComparison.Ordinal);

    private static StoreUnusableException NoPassword(string store, string why) =>
        new($"the store {store} asks for a password, and {why}");

    // Npgsql's words for a server without TLS, and the platform's for one that speaks another version of it.
    private static string? Encryption(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
            {
                return cause.Message.TrimEnd('.');
            }
        }

        return failure is NpgsqlException { InnerException: null } refused
            && refused.Message.Contains("SSL", StringComparison.Ordinal)
            ? refused.Message.TrimEnd('.')
            : null;
    }

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } cause)
        {
            failure = cause;
        }

        return failure;
    }
}

/// <summary>A lease was to be taken away whose holder still has it: it was renewed in between.</summary>
internal sealed class LeaseHeldException(string message) : Exception(message);
