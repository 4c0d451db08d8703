using Engine.Sql;

namespace Orchestrator.Cli;

/// <summary>
/// What a program that is built without Akka.NET has of clusters: nothing. With it, another class of the same shape
/// stands in its place.
/// </summary>
public static class NoCluster
{
    /// <summary>Commands for clusters.</summary>
    public static IReadOnlyList<CommandGroup> Groups() => [];

    /// <summary>Starts what a run on this machine needs beside its worker.</summary>
    public static IAsyncDisposable? StartLocal(StoreAddress store) => null;
}
