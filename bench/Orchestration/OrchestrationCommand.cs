using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Bench.Timing;

namespace Bench.Orchestration;

/// <summary>The command <c>orchestration</c>.</summary>
internal static class OrchestrationCommand
{
    private const int MostTrials = 1_000;   // a sweep's most replicates
    private const int Flushes = 200;

    /// <summary>Times trials that only report.</summary>
    public static Command Create()
    {
        var trials = new Option<int>("--trials")
        {
            HelpName = "N",
            DefaultValueFactory = _ => MostTrials,
            Description = $"Trials of each case, at most {MostTrials}; {MostTrials} where not given",
        };
        trials.Validators.Add(result =>
        {
            if (result.GetValue(trials) is < 1 or > MostTrials)
            {
                result.AddError($"--trials takes a whole number from 1 to {MostTrials}");
            }
        });
        var store = StoreKinds.Option();
        var processes = BenchOptions.Numbers(
            "--processes", "Only cases of processes of their own: how many share a store in each; all cases where "
            + "not given");
        var output = BenchOptions.Output();
        var command = new Command(
            "orchestration",
            "Times trials that report 20 values each through SQLite and PostgreSQL: claim, store, finish.\n\n"
            + "Example: bench/orchestration --trials 400")
        {
            trials, processes, store, output,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(store)!,
            one => parsed.GetValue(processes) is { } shared
                ? OfTheirOwn(one, parsed.GetValue(trials), shared)
                : Cases(one, parsed.GetValue(trials)),
            BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static async Task<int> RunAsync(
        string kind, Func<string, IEnumerable<OrchestrationCase>> cases, bool json)
    {
        var folder = Path.Combine(BenchPlaces.Clone, "artifacts", $"bench-{Environment.ProcessId}");
        var flush = TimeFlush(folder);
        var results = new List<OrchestrationResult>();
        if (!json)
        {
            Console.WriteLine($"{Machine.Now()}; 4 kB flushed to disk take {1e3 * flush:0.00} ms (median)");
            Console.WriteLine(OrchestrationTable.Head);
        }

        foreach (var one in StoreKinds.Of(kind))
        {
            await using var stores = await StoreKinds.OpenAsync(one);
            using (var warm = await stores.NewAsync("warm"))
            {
                await ReportingSweep.WarmUpAsync(warm.Address);
            }

            foreach (var @case in cases(one))
            {
                results.Add(await new ReportingSweep(stores).RunAsync(@case));
                if (!json)
                {
                    Console.WriteLine(OrchestrationTable.Line(results[^1]));
                }
            }
        }

        if (!json)
        {
            Console.WriteLine(OrchestrationTable.Peer);
        }

        if (json)
        {
            var shown = new
            {
                machine = Machine.Now(),
                flushSeconds = flush,
                cases = results.Select(OrchestrationTable.Summary),
            };
            Console.WriteLine(JsonSerializer.Serialize(shown, BenchJson.Options));
        }

        return 0;
    }

    private static IEnumerable<OrchestrationCase> Cases(string store, int trials) =>
    [
        .. from clients in (int[])[1, 2, 8] select new OrchestrationCase(trials, 0, clients, 20, store),
        .. OfTheirOwn(store, trials, [1, 2, 4]),
        .. from clients in (int[])[1, 8] select new OrchestrationCase(trials, 0, clients, 1, store),
    ];

    private static IEnumerable<OrchestrationCase> OfTheirOwn(string store, int trials, int[] processes) =>
        from shared in processes select new OrchestrationCase(trials, shared, 1, 20, store);

    /// <summary>What the disk itself takes: the floor under every command that must be durable.</summary>
    private static double TimeFlush(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "flush");
        var times = new List<double>();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            var block = new byte[4_096];
            for (var i = 0; i < Flushes; i++)
            {
                var began = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }

        Directory.Delete(folder, recursive: true);
        return Comparison.Median(times);
    }
}
