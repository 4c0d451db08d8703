using System.Globalization;

namespace Shared.Diagnosis;

/// <summary>What is good and what is wrong about a store in PostgreSQL, seen from one box.</summary>
public static class DatabaseFindings
{
    /// <summary>The role that makes and upgrades the store.</summary>
    public const string Owner = "sweep_owner";

    /// <summary>The role that submits and controls sweeps.</summary>
    public const string User = "sweep_user";

    /// <summary>The role that runs trials.</summary>
    public const string Worker = "sweep_worker";

    /// <summary>A transaction of the program takes milliseconds; one that is open for so long is stuck.</summary>
    public static TimeSpan LongestHold { get; } = TimeSpan.FromSeconds(10);

    private const int OldestServer = 14;
    private const double ClockSeconds = 2;
    private const double SlowMilliseconds = 50;   // a slot waits two round trips for its next trial

    private const string Roles =
        "run what ./sweep migrate --roles prints, and give this login one of its roles";

    /// <summary>Every finding, the same parts in the same order each time.</summary>
    public static IReadOnlyList<Finding> Of(DatabaseSight sight) =>
    [
        Reach(sight), Encryption(sight), Role(sight), Schema(sight), Clock(sight), Pooler(sight),
        .. sight.Holders.Select(Lock),
    ];

    private static Finding Reach(DatabaseSight sight)
    {
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"{sight.Store} answers in {sight.RoundTrip.TotalMilliseconds:0.0} ms, "
            + $"PostgreSQL {sight.ServerVersion}");
        var digits = string.Concat(sight.ServerVersion.TakeWhile(char.IsAsciiDigit));
        if (!int.TryParse(digits, out var major) || major < OldestServer)
        {
            return new Finding(
                "store",
                FindingLevel.Wrong,
                found,
                $"upgrade the server to PostgreSQL {OldestServer} or later");
        }

        return sight.RoundTrip.TotalMilliseconds > SlowMilliseconds
            ? new Finding(
                "store", FindingLevel.Warn, found, "put the server nearer: each trial costs some of these")
            : new Finding("store", FindingLevel.Ok, found);
    }

    private static Finding Encryption(DatabaseSight sight) => sight switch
    {
        { Encryption: null, IsHere: true } => new Finding(
            "tls", FindingLevel.Ok, "not encrypted, on this machine"),
        { Encryption: null } => new Finding(
            "tls",
            FindingLevel.Wrong,
            "not encrypted: everybody on the way reads and changes what is sent",
            "add ?sslmode=verify-full&sslrootcert=ca.crt to the address, with the head's ca.crt"),
        { Trust: ServerTrust.None, IsHere: false } => new Finding(
            "tls",
            FindingLevel.Warn,
            $"{sight.Encryption}, but the server may be anybody",
            "add ?sslmode=verify-full&sslrootcert=ca.crt to the address, with the head's ca.crt"),
        _ => new Finding("tls", FindingLevel.Ok, sight.Trust switch
        {
            ServerTrust.HostName => $"{sight.Encryption}, authority and host name verified",
            ServerTrust.Authority => $"{sight.Encryption}, authority verified",
            _ => sight.Encryption,
        }),
    };

    private static Finding Role(DatabaseSight sight)
    {
        string[] may =
        [
            .. sight.Roles.Contains(Owner) ? ["make and upgrade the store"] : (string[])[],
            .. sight.Roles.Contains(User) ? ["submit and control sweeps"] : (string[])[],
            .. sight.Roles.Contains(Worker) ? ["run trials"] : (string[])[],
        ];
        return sight switch
        {
            { IsSuperuser: true } => new Finding(
                "role",
                sight.IsHere ? FindingLevel.Ok : FindingLevel.Warn,
                $"{sight.User} is a superuser, who may do everything on the server",
                sight.IsHere ? null : Roles),
            _ when may.Length > 0 => new Finding(
                "role", FindingLevel.Ok, $"{sight.User} may {string.Join(", ", may)}"),
            _ => new Finding(
                "role", FindingLevel.Wrong, $"{sight.User} has none of the store's roles", Roles),
        };
    }

    private static Finding Schema(DatabaseSight sight)
    {
        var isOlder = int.TryParse(sight.Version, out var version)
            && int.TryParse(sight.KnownVersion, out var known)
            && version < known;
        return sight.Version switch
        {
            null => new Finding(
                "schema",
                FindingLevel.Wrong,
                "the database holds no store",
                "./sweep migrate, as a member of " + Owner),
            var same when same == sight.KnownVersion => new Finding(
                "schema", FindingLevel.Ok, $"version {same}"),
            var other => new Finding(
                "schema",
                FindingLevel.Wrong,
                $"version {other}, and this program knows version {sight.KnownVersion}",
                isOlder
                    ? "./sweep migrate, as a member of " + Owner
                    : "update this program to the one on the other boxes"),
        };
    }

    private static Finding Clock(DatabaseSight sight)
    {
        var seconds = sight.Ahead.TotalSeconds;
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"the database's clock is {Math.Abs(seconds):0.0} s "
            + $"{(seconds < 0 ? "behind" : "ahead of")} this box's");
        return Math.Abs(seconds) > ClockSeconds
            ? new Finding("clock", FindingLevel.Warn, found, "timedatectl set-ntp true, on both")
            : new Finding("clock", FindingLevel.Ok, found);
    }

    private static Finding Pooler(DatabaseSight sight) => sight.KeepsSessions
        ? new Finding("pooler", FindingLevel.Ok, "each connection keeps its session")
        : new Finding(
            "pooler",
            FindingLevel.Wrong,
            "a transaction pooler stands between: notifications and workers' locks would be lost",
            "name the server's own port in the address, or set pool_mode = session in the pooler");

    private static Finding Lock(LockHolder holder) => new(
        "locks",
        FindingLevel.Warn,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{holder.User} at {holder.Address} (process {holder.Process} of the server) holds locks of the store "
            + $"since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}; sessions that wait for it: {holder.Waiting}"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"if it does not end by itself, as an administrator: SELECT pg_terminate_backend({holder.Process})"));
}
