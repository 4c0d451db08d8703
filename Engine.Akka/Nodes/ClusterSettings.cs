using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Akka.Configuration;
using Shared.Engine;

namespace Engine.Akka.Nodes;

/// <summary>What the configuration says of a node, checked: every key and how they fit together.</summary>
/// <param name="Role">What the node is there for.</param>
/// <param name="Seeds">Addresses of the coordinators: one or three.</param>
/// <param name="PublicHost">Under which the others reach it.</param>
/// <param name="BindHost">What it listens on.</param>
/// <param name="Port">What it listens on; 0 for any.</param>
/// <param name="AnswerLimit">How long to ask a coordinator.</param>
/// <param name="Tls">Its certificates; nothing where all of the cluster is on this machine.</param>
public sealed record ClusterSettings(
    NodeRole Role,
    ImmutableArray<SeedAddress> Seeds,
    string PublicHost,
    string BindHost,
    int Port,
    TimeSpan AnswerLimit,
    TlsFiles? Tls)
{
    private const string Section = "sweep.cluster";
    private static readonly ImmutableArray<string> LogLevels = ["OFF", "ERROR", "WARNING", "INFO", "DEBUG"];
    private static readonly TimeSpan ShortestAnswer = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    /// <summary>Whether a host is this machine.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads and checks the settings of a node.</summary>
    /// <param name="config">The layers.</param>
    /// <param name="role">Of the node.</param>
    /// <param name="times">Lease times of the store.</param>
    /// <exception cref="StoreUnusableException">Something is wrong; the message lists everything that is.</exception>
    public static ClusterSettings Read(Config config, NodeRole role, LeaseTimes times)
    {
        var problems = new List<string>();
        var section = config.GetConfig(Section);
        var seeds = Seed(section.GetString("seeds"), problems);
        var host = section.GetString("public-hostname");
        var bind = section.GetString("bind-hostname");
        var settings = new ClusterSettings(
            role,
            seeds,
            host,
            bind.Length == 0 ? host : bind,
            PortOf(section, problems),
            AnswerLimitOf(section, problems),
            TlsFiles.Of(section.GetConfig("tls")));
        settings.Check(times, problems);
        CheckLog(config.GetString("akka.loglevel"), problems);
        return problems.Count == 0
            ? settings
            : throw new StoreUnusableException(
                $"the cluster's configuration is wrong: {string.Join("; ", problems)}");
    }

    private void Check(LeaseTimes times, List<string> problems)
    {
        if (Seeds.Length is not (0 or 1 or 3))
        {
            problems.Add(
                $"SWEEP_SEEDS names {Seeds.Length} coordinators: name one or three, because of any other number "
                + "one death or one cut can leave two halves of which neither knows which is to go on");
        }

        if (Seeds.Distinct().Count() != Seeds.Length)
        {
            problems.Add("SWEEP_SEEDS names a coordinator twice");
        }

        if (Role is NodeRole.Coordinator && Seeds.Length > 0 && !Seeds.Contains(new SeedAddress(PublicHost, Port)))
        {
            problems.Add($"SWEEP_SEEDS does not name this coordinator, {PublicHost}:{Port}");
        }

        if (PublicHost.Length == 0 || PublicHost is "0.0.0.0" or "::")
        {
            problems.Add("SWEEP_HOST must be a name or number under which the other nodes reach this one");
        }

        if (!IsLoopback(BindHost) && IsLoopback(PublicHost))
        {
            problems.Add(
                $"the node listens on {BindHost} and tells others to reach it as {PublicHost}: set SWEEP_HOST");
        }

        if (times.Lease < 3 * times.Beat)
        {
            problems.Add(
                $"the store's lease of {times.Lease.TotalSeconds:0.#} s is shorter than three beats of "
                + $"{times.Beat.TotalSeconds:0.#} s");
        }

        var isAlone = IsLoopback(BindHost) && IsLoopback(PublicHost) && Seeds.All(seed => IsLoopback(seed.Host));
        if (!isAlone)
        {
            TlsRule.Check(Tls, problems);
        }
    }

    private static ImmutableArray<SeedAddress> Seed(string text, List<string> problems)
    {
        var seeds = ImmutableArray.CreateBuilder<SeedAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (SeedAddress.Parse(part) is { } seed)
            {
                seeds.Add(seed);
            }
            else
            {
                problems.Add($"SWEEP_SEEDS holds '{part}', which is no host:port");
            }
        }

        if (text.Trim().Length == 0)
        {
            problems.Add("SWEEP_SEEDS names no coordinator: write host:port, or three of them with commas between");
        }

        return seeds.ToImmutable();
    }

    // Akka.NET would end the node with an exception of its own.
    private static void CheckLog(string level, List<string> problems)
    {
        if (!LogLevels.Contains(level, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add($"SWEEP_CLUSTER_LOG is '{level}' and must be OFF, ERROR, WARNING, INFO or DEBUG");
        }
    }

    private static int PortOf(Config section, List<string> problems)
    {
        var text = section.GetString("port");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535)
        {
            return port;
        }

        problems.Add($"SWEEP_PORT is '{text}' and must be a number from 0 to 65535");
        return 0;
    }

    private static TimeSpan AnswerLimitOf(Config section, List<string> problems)
    {
        var limit = section.GetTimeSpan("answer-limit");
        if (limit < ShortestAnswer || limit > LongestAnswer)
        {
            problems.Add($"{Section}.answer-limit must be from 1 s to 60 s");
        }

        return limit;
    }
}

/// <summary>Address of a coordinator.</summary>
/// <param name="Host">Name or number.</param>
/// <param name="Port">From 1 to 65535.</param>
public sealed record SeedAddress(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>, or nothing where it is none.</summary>
    public static SeedAddress? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65_535
            ? new SeedAddress(text[..colon], port)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Files of a node's certificate.</summary>
/// <param name="Certificate">PKCS #12, with the key.</param>
/// <param name="PasswordFile">Its first line is the password of that file; empty for none.</param>
/// <param name="Authority">PEM: who signs the nodes' certificates.</param>
public sealed record TlsFiles(string Certificate, string PasswordFile, string Authority)
{
    /// <summary>The files as the configuration names them, or nothing where it names none.</summary>
    internal static TlsFiles? Of(Config section)
    {
        var files = new TlsFiles(
            section.GetString("certificate"), section.GetString("password-file"), section.GetString("authority"));
        return files.Certificate.Length == 0 && files.Authority.Length == 0 ? null : files;
    }
}
