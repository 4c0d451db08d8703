using System.Collections.Immutable;
using System.CommandLine;
using Shared.Engine;
using Shared.Reports.Document;

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
            .Select(sighting => sighting.Report is { } report ? WorkerView.Of(sighting, report, leases, now) : null)
            .OfType<WorkerView>()
            .ToImmutableArray();
        foreach (var unreadable in sightings.Where(sighting => sighting.Report is null))
        {
            await Console.Error.WriteLineAsync(
                $"what {LogText.Line(unreadable.Worker)} said of itself cannot be read by this program: "
                + "it is left out");
        }

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

        foreach (var worker in live.Except(sightings.Select(s => s.Worker), StringComparer.Ordinal))
        {
            Console.WriteLine($"{LogText.Line(worker)} lives and has said nothing of itself yet");
        }

        if (!all && sightings.Count(sighting => !sighting.IsLive) is > 0 and var count)
        {
            var gone = ProgressText.Count(count, "worker");
            Console.WriteLine($"{gone} gone within a day: --all shows them");
        }

        return ExitCode.Done;
    }
}
