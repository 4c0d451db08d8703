using System.CommandLine;
using Engine.Akka;
using Engine.Akka.Wire;
using Engine.Sql;
using Orchestrator.Cli;

namespace Orchestrator.Cluster;

/// <summary><c>cluster</c>: who is in the cluster, and who coordinates.</summary>
internal static class ClusterCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json");
        var command = new Command(
            "cluster",
            "Shows the members of the cluster as its coordinator sees them, and the sweeps whose histories it has "
            + "in memory.\n\nExample: ./sweep cluster -o json")
        {
            store, output,
        };
        command.SetAction((parsed, _) => Stores.WithAsync(
            parsed.GetValue(store),
            StoreMode.Existing,
            async (engine, _) =>
            {
                if (engine is AkkaEngine akka)
                {
                    return Show(await akka.DescribeAsync(CancellationToken.None), parsed.GetValue(output)!);
                }

                await Console.Error.WriteLineAsync($"the engine sql has no cluster: set {EngineChoice.Variable}=akka");
                return ExitCode.WrongInput;
            }));
        return command;
    }

    private static int Show(ClusterView view, string output)
    {
        if (output == "json")
        {
            Printed.Json(view);
            return ExitCode.Done;
        }

        TextTable.Print(
            ["address", "roles", "status", "reachable", "coordinates"],
            [.. view.Members.Select(member => (string[])[
                member.Address,
                string.Join(", ", member.Roles),
                member.Status,
                member.IsReachable ? "yes" : "no",
                member.Address == view.Coordinator ? $"since {view.Since:u}" : "",
            ])]);
        Console.WriteLine(view.Sweeps.IsEmpty
            ? "no sweep is in memory"
            : $"in memory: {string.Join(", ", view.Sweeps)}");
        return ExitCode.Done;
    }
}
