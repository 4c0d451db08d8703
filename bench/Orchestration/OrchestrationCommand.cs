using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Bench.Timing;
using Engine.Sql;

namespace Bench.Orchestration;

/// <summary>The command <c>orchestration</c>.</summary>
internal static class OrchestrationCommand
{
    private const int MostTrials = 1_000;   // a sweep's most replicates
    private const int Flushes = 200;
    private const int WrongInput = 2;   // exit code

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
        var engine = new Option<string>("--engine")
        {
            HelpName = "sql|akka|both",
            DefaultValueFactory = _ => "sql",
            Description = "Which engines, in turns; akka, whose coordinator is a process more, wants --with akka "
                + "before all other options, and has only the cases of one process",
        };
        engine.AcceptOnlyFromAmong("sql", "akka", "both");
        var processes = BenchOptions.Numbers(
            "--processes", "Only cases of processes of their own: how many share a store in each; all cases where "
            + "not given");
        var output = BenchOptions.Output();
        var command = new Command(
            "orchestration",
            "Times trials that report 20 values each through SQLite and PostgreSQL: claim, store, finish.\n\n"
            + "Example: bench/orchestration --trials 400")
        {
            trials, processes, store, engine, output,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(store)!,
            EnginesOf(parsed.GetValue(engine)!),
            parsed.GetValue(processes) is { Length: > 0 },
            one => parsed.GetValue(processes) is { Length: > 0 } shared
                ? OfTheirOwn(one, parsed.GetValue(trials), shared)
                : Cases(one, parsed.GetValue(trials)),
            BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static async Task<int> RunAsync(
        string kind,
        ImmutableArray<StoreEngine> engines,
        bool isShared,
        Func<string, IEnumerable<OrchestrationCase>> cases,
        bool json)
    {
        if (Problem(engines, isShared) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return WrongInput;
        }

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
            foreach (var engine in engines)
            {
                using var warm = await stores.NewAsync("warm", engine);
                await ReportingSweep.WarmUpAsync(warm.Address);
            }

            foreach (var @case in InTurns(cases(one), engines))
            {
                results.Add(await new ReportingSweep(stores).RunAsync(@case));
                if (!json)
                {
                    Console.WriteLine(OrchestrationTable.Line(results[^1]));
                }
            }
        }

        Console.WriteLine(json ? Json(flush, results) : OrchestrationTable.Peer);
        return 0;
    }

    private static string? Problem(ImmutableArray<StoreEngine> engines, bool isShared) =>
        !engines.Contains(StoreEngine.Akka) ? null
        : typeof(Engines) == typeof(SqlEngines)
        ? "the engine akka is not in this build: bench/orchestration --with akka --engine both has it"
        : isShared ? "--processes goes with the engine sql only"
        : null;

    private static string Json(double flush, IEnumerable<OrchestrationResult> results) => JsonSerializer.Serialize(
        new
        {
            machine = Machine.Now(),
            flushSeconds = flush,
            cases = results.Select(OrchestrationTable.Summary),
        },
        BenchJson.Options);

    /// <summary>Every case with each engine in turn; processes of their own are the matter of sql.</summary>
    private static IEnumerable<OrchestrationCase> InTurns(
        IEnumerable<OrchestrationCase> cases, ImmutableArray<StoreEngine> engines) =>
        from @case in cases
        from engine in engines
        where engine is StoreEngine.Sql || @case.Processes == 0
        select @case with { Engine = engine };

    private static ImmutableArray<StoreEngine> EnginesOf(string engines) => engines switch
    {
        "sql" => [StoreEngine.Sql],
        "akka" => [StoreEngine.Akka],
        _ => [StoreEngine.Sql, StoreEngine.Akka],
    };

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
