using System.CommandLine;
using System.Runtime.InteropServices;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;
using Orchestrator.Cli;

namespace Orchestrator.Cluster;

/// <summary><c>coordinator</c>: a node that can coordinate, until it is told to stop.</summary>
internal static class CoordinatorCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "coordinator";

    /// <summary>The option of whoever starts it as a child.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var untilInputEnds = new Option<bool>(UntilInputEnds) { Hidden = true };
        var command = new Command(
            Name,
            "Coordinates the sweeps of a store for a cluster of Akka.NET, here, until it is told to stop: of one or "
            + "three such nodes, which SWEEP_SEEDS names, one coordinates, and the next takes over when it is gone.\n\n"
            + "Example: ./sweep coordinator")
        {
            store, untilInputEnds,
        };
        command.SetAction((parsed, _) => Stores.WithAddressAsync(
            parsed.GetValue(store), address => RunAsync(address, parsed.GetValue(untilInputEnds))));
        return command;
    }

    private static async Task<int> RunAsync(StoreAddress address, bool untilInputEnds)
    {
        if (EngineChoice.Chosen is not StoreEngine.Akka)
        {
            await Console.Error.WriteLineAsync($"the engine sql has no coordinator: set {EngineChoice.Variable}=akka");
            return ExitCode.WrongInput;
        }

        var node = await AkkaEngines.CoordinateAsync(address, StoreMode.Existing);
        Console.WriteLine($"coordinator: store {Places.Show(address)}");
        return await RunAsync(node, untilInputEnds);
    }

    private static async Task<int> RunAsync(CoordinatorNode node, bool untilInputEnds)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // Ctrl-C reaches the whole process group: the run that started this one decides what it means.
        using var interrupted = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, untilInputEnds ? context => context.Cancel = true : Stop);
        var asked = untilInputEnds ? Task.WhenAny(told.Task, EndOfInputAsync()) : told.Task;
        await Task.WhenAny(asked, node.Ended);
        var isGivenUp = node.Ended.IsCompleted;
        await node.DisposeAsync();
        if (isGivenUp)
        {
            await Console.Error.WriteLineAsync(
                "the cluster has given this coordinator up, because the others could not reach it: start it again");
        }

        return isGivenUp ? ExitCode.Failed : ExitCode.Done;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            told.TrySetResult();
        }
    }

    private static async Task EndOfInputAsync()
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await input.ReadAsync(ignored) > 0)
        {
        }
    }
}
