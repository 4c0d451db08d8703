using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Akka.Configuration;
using Shared;
using Shared.Engine;

namespace Engine.Akka.Nodes;

/// <summary>
/// The configuration of a node, in layers: <c>common.conf</c>, the file of its role, the environment. HOCON knows
/// no environment of its own, so that this is the one place where the two meet.
/// </summary>
internal static class HoconLayers
{
    private const string Folder = "hocon";

    /// <summary>The environment's variables and the keys that they set.</summary>
    private static readonly ImmutableArray<(string Variable, string Key)> Variables =
    [
        ("SWEEP_SEEDS", "sweep.cluster.seeds"),
        ("SWEEP_HOST", "sweep.cluster.public-hostname"),
        ("SWEEP_BIND", "sweep.cluster.bind-hostname"),
        ("SWEEP_PORT", "sweep.cluster.port"),
        ("SWEEP_TLS_CERTIFICATE", "sweep.cluster.tls.certificate"),
        ("SWEEP_TLS_PASSWORD_FILE", "sweep.cluster.tls.password-file"),
        ("SWEEP_TLS_CA", "sweep.cluster.tls.authority"),
        ("SWEEP_CLUSTER_LOG", "akka.loglevel"),
        ("SWEEP_CLUSTER_LOG", "akka.stdout-loglevel"),
    ];

    /// <summary>The folder of the files: that of the clone, else the one beside the program.</summary>
    public static string FolderOf(string program) => Path.Combine(
        CloneFolder.Above(program, File.Exists) is { } clone && Directory.Exists(Path.Combine(clone, Folder))
            ? clone
            : program,
        Folder);

    /// <summary>Reads the layers of a role.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="role">Of the node.</param>
    /// <param name="variable">The value of an environment variable, or nothing.</param>
    /// <exception cref="StoreUnusableException">A file is missing, or is no HOCON.</exception>
    public static Config Read(string folder, NodeRole role, Func<string, string?> variable)
    {
        var file = role switch
        {
            NodeRole.Coordinator => "orchestrator.conf",
            NodeRole.Worker => "worker.conf",
            NodeRole.Client => "client.conf",
            _ => throw new UnreachableException($"role {role}"),
        };
        var config = Parse(Path.Combine(folder, file)).WithFallback(Parse(Path.Combine(folder, "common.conf")));
        var lines = Variables
            .Select(known => (known.Key, Value: variable(known.Variable)))
            .Where(known => !string.IsNullOrEmpty(known.Value))
            .Select(known => $"{known.Key} = {Quoted(known.Value!)}");
        return ConfigurationFactory.ParseString(string.Join('\n', lines)).WithFallback(config);
    }

    /// <summary>A text as HOCON writes it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static Config Parse(string path)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path));
        }
        catch (Exception failure)   // boundary: the parser throws exceptions of every kind
        {
            throw new StoreUnusableException($"the configuration {path} cannot be read: {failure.Message}");
        }
    }
}
