using System.CommandLine;
using System.Text.Json;

namespace Bench.Timing;

/// <summary>The commands <c>langevin</c> and <c>training</c>.</summary>
internal static class TimingCommand
{
    /// <summary>Times one Langevin step.</summary>
    public static Command Langevin() => Create(
        Work.Langevin,
        "langevin",
        "Times one Langevin step of the two-head CNN here and in PyTorch, in turns, on one thread each.\n\n"
        + "Example: bench/langevin --batch 16,64,256 --rounds 9",
        steps: "60");

    /// <summary>Times one training update.</summary>
    public static Command Training() => Create(
        Work.Training,
        "training",
        "Times one training update of the two-head CNN here and in PyTorch, in turns, on one thread each.\n\n"
        + "Example: bench/training --batch 64 --steps 20,60",
        steps: "20,60");

    private static Command Create(Work work, string name, string description, string steps)
    {
        var batch = BenchOptions.Numbers("--batch", "Batch sizes", "16,64,256");
        var length = BenchOptions.Numbers("--steps", "T, the number of steps of a chain", steps);
        var rounds = Rounds();
        var output = BenchOptions.Output();
        var command = new Command(name, description) { batch, length, rounds, output };
        command.SetAction(parsed => Run(
            [
                .. from steps in parsed.GetValue(length)!
                from chains in parsed.GetValue(batch)!
                select new Round(work, chains, steps, Math.Max(1, 64 / chains)),
            ],
            parsed.GetValue(rounds),
            BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static Option<int> Rounds()
    {
        var rounds = new Option<int>("--rounds")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 9,
            Description = "How many rounds are counted, after two that are not; 9 where not given",
        };
        rounds.Validators.Add(result =>
        {
            if (result.GetValue(rounds) is < 1 or > 1_000)
            {
                result.AddError("--rounds takes a whole number from 1 to 1000");
            }
        });
        return rounds;
    }

    private static int Run(IReadOnlyList<Round> workloads, int rounds, bool json)
    {
        using var race = Race.Start(Peers.All);
        Console.Error.WriteLine(
            $"all peers agree to {race.Disagreement:0.0e+0} on twenty steps without noise");
        var results = new List<RaceResult>();
        foreach (var workload in workloads)
        {
            results.Add(race.Run(workload, rounds));
            if (!json)
            {
                Console.Write(TimingTable.Of(results[^1], isFirst: results.Count == 1));
            }
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, BenchJson.Options));
        }

        return 0;
    }
}
