using System.Collections.Immutable;
using System.CommandLine;
using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary><c>workers</c>: who works on this store, on what, and why not.</summary>
public static class WorkersCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json");
        var all = new Option<bool>("--all")
        {
            Description = "Workers that are gone too, for a day",
        };
        var command = new Command(
            "workers",
            "Shows the workers of the store, a line a slot: where it is, what it runs and how fast, how old its "
            + "lease is, when its worker was last seen, and why it is idle.\n\nExample: ./sweep workers -o json")
        {
            all, store, output,
        };
        command.SetAction((parsed, _) => Stores.WithAsync(
            parsed.GetValue(store),
            Engine.Sql.StoreMode.Existing,
            (engine, _) => RunAsync(engine, parsed.GetValue(all), parsed.GetValue(output)!)));
        return command;
    }

    private static async Task<int> RunAsync(IStore engine, bool all, string output)
    {
        var sightings = await engine.WorkersAsync(CancellationToken.None);
        var leases = await engine.LeasesAsync(CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        var views = sightings
            .Where(sighting => all || sighting.IsLive)
            .Select(sighting => WorkerView.Of(sighting, leases, now))
            .ToImmutableArray();
        if (output == "json")
        {
            Printed.Json(views);
            return ExitCode.Done;
        }

        var live = await engine.LiveWorkersAsync(CancellationToken.None);
        if (!views.IsEmpty)
        {
            TextTable.Print(WorkerView.Header, [.. views.SelectMany(view => view.Rows(now))]);
        }
        else if (live.IsEmpty)
        {
            Console.WriteLine("no worker works on this store: start one with ./sweep worker");
        }

        foreach (var worker in live.Except(sightings.Select(s => s.Report.Worker), StringComparer.Ordinal))
        {
            Console.WriteLine($"{worker} lives and has said nothing of itself yet");
        }

        if (sightings.Length > views.Length)
        {
            var gone = ProgressText.Count(sightings.Length - views.Length, "worker");
            Console.WriteLine($"{gone} gone within a day: --all shows them");
        }

        return ExitCode.Done;
    }
}
