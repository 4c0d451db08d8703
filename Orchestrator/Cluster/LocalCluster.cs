using Engine.Sql;
using Orchestrator.Cli;

namespace Orchestrator.Cluster;

/// <summary>What a program that is built with Akka.NET has of clusters.</summary>
public static class LocalCluster
{
    private const string Seeds = "SWEEP_SEEDS";

    /// <summary>Commands for clusters.</summary>
    public static IReadOnlyList<CommandGroup> Groups() =>
        [new("Cluster", [CoordinatorCommand.Create(), ClusterCommand.Create()])];

    /// <summary>
    /// Starts a coordinator for a run on this machine, where the engine needs one and the environment names none;
    /// the worker of the run, and this process, are told of it through the environment.
    /// </summary>
    /// <param name="store">The store.</param>
    public static IAsyncDisposable? StartLocal(StoreAddress store)
    {
        var isNamed = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Seeds));
        if (EngineChoice.Chosen is not StoreEngine.Akka || isNamed)
        {
            return null;
        }

        var process = CoordinatorProcess.Start(store);
        Environment.SetEnvironmentVariable(Seeds, process.Address);
        return process;
    }
}
