using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Bench.Orchestration;
using Shared.Execution;
using Shared.Experiments;
using Training.Checkpoints;
using Training.Experiments;
using Training.Initialisation;
using Training.Samplers;

namespace Bench.Checkpoints;

/// <summary>
/// <c>checkpoint</c>: how long a checkpoint takes to write, until the disk has it, and to read with both its
/// checksums; nearly all of it is a replay buffer of 28 × 28 images.
/// </summary>
internal static class CheckpointCommand
{
    private const int Pixels = 28 * 28;
    private static readonly int[] Slots = [2_000, 10_000, 100_000];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            DefaultValueFactory = _ => 9,
            Description = "How often each size is written and read",
        };
        var output = BenchOptions.Output();
        var command = new Command("checkpoint", "Times writing and reading checkpoints") { rounds, output };
        command.SetAction(parsed => Run(
            Math.Max(1, parsed.GetValue(rounds)), BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static void Run(int rounds, bool isJson)
    {
        var folder = Directory.CreateTempSubdirectory("bench-checkpoint-");
        try
        {
            var results = Slots.Select(slots => Measure(folder.FullName, slots, rounds)).ToList();
            var machine = Machine.Now();
            if (isJson)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { machine, results }, BenchJson.Options));
                return;
            }

            Console.WriteLine($"{machine}; medians of {rounds}");
            Console.WriteLine(
                $"{"slots",8}{"MB",9}{"write ms",10}{"MB/s",8}{"read ms",10}{"MB/s",8}{"one every",11}");
            results.ForEach(result => Console.WriteLine(
                $"{result.Slots,8}{result.Megabytes,9:0.0}{result.WriteMilliseconds,10:0}"
                + $"{result.Rate(result.WriteMilliseconds),8:0}{result.ReadMilliseconds,10:0}"
                + $"{result.Rate(result.ReadMilliseconds),8:0}{result.IntervalSeconds,9:0} s"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CheckpointResult Measure(string folder, int slots, int rounds)
    {
        var trial = new FileTrial(Path.Combine(folder, "checkpoint"));
        var parameters = new TwoHeadParameters
        {
            Initialisation = new InitialisationParameters { BufferSize = slots },
        };
        var buffer = new ReplayBuffer(
            parameters.Initialisation, Pixels, Box.Images, trial.Stream(StreamPurpose.ChainStart));
        var state = new TrialState(trial, parameters, [buffer]);
        var (writes, reads) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var (write, read) = (Time(() => state.AfterUpdate(1)), Time(() => state.Begin()));
            if (round > 0)   // the first one warms up
            {
                writes.Add(write);
                reads.Add(read);
            }
        }

        return new CheckpointResult(
            slots,
            trial.Written.Length,
            OrchestrationTable.Percentile(writes, 50),
            OrchestrationTable.Percentile(reads, 50));
    }

    /// <returns>Milliseconds.</returns>
    private static double Time(Action act)
    {
        var began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Medians of one size.</summary>
    private sealed record CheckpointResult(
        int Slots, long Bytes, double WriteMilliseconds, double ReadMilliseconds)
    {
        public double Megabytes => Bytes / 1e6;

        /// <summary>How far apart such checkpoints are, where they are due by time.</summary>
        public double IntervalSeconds => CheckpointRule
            .IntervalAfter(TimeSpan.FromMilliseconds(WriteMilliseconds)).TotalSeconds;

        /// <summary>Megabytes a second.</summary>
        public double Rate(double milliseconds) => Megabytes / milliseconds * 1e3;
    }
}
