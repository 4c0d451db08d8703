using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace Bench.Timing;

/// <summary>This product as a peer: does rounds as its standard input asks for them.</summary>
internal static class PeerLoop
{
    /// <summary>The command, which the benchmark starts of itself.</summary>
    public static Command Create()
    {
        var command = new Command("peer", "Does rounds as standard input asks for them") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        using var work = new Workload();
        Console.WriteLine($"libtorch {__version__}, .NET {Environment.Version}, {get_num_threads()} thread");
        while (Console.ReadLine() is { } request)
        {
            Console.WriteLine(Answer(work, request));
        }
    }

    private static string Answer(Workload work, string request)
    {
        if (request == "check")
        {
            return Line(work.Check());
        }

        if (request.StartsWith("save ", StringComparison.Ordinal))
        {
            work.Save(request[5..]);
            return "saved";
        }

        var round = Round.Parse(request);
        var processor = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        work.Run(round);
        var wall = Stopwatch.GetElapsedTime(began);
        return Line([wall.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds]);
    }

    private static string Line(double[] numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
