using System.Diagnostics;
using System.Globalization;

namespace Bench.Timing;

/// <summary>How a peer is started.</summary>
/// <param name="Name">How tables call it.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Environment">Variables that it gets besides.</param>
internal sealed record PeerPlan(
    string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment);

/// <summary>
/// A warm process that does one round when it is asked to and nothing otherwise. It reads a line a request
/// and answers with a line: first, unasked, what it computes with.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(string name, Process process)
    {
        (Name, _process) = (name, process);
        ComputesWith = ReadLine();
    }

    /// <summary>How tables call it.</summary>
    public string Name { get; }

    /// <summary>Library, its version and its number of threads, as the peer says.</summary>
    public string ComputesWith { get; }

    /// <summary>Starts a peer on one thread.</summary>
    public static PeerProcess Start(PeerPlan plan)
    {
        var start = new ProcessStartInfo(plan.Command[0], plan.Command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return new PeerProcess(plan.Name, Process.Start(start)!);
    }

    /// <summary>Has a round done.</summary>
    /// <returns>The time of one unit of it.</returns>
    public Seconds Run(Round round) =>
        Numbers(Ask(round.ToString())) is [var wall, var processor]
            ? new Seconds(wall, processor).Over(round.Units)
            : throw new InvalidOperationException($"{Name} answered no times");

    /// <summary>Has the weights written to a file, or read from it.</summary>
    /// <param name="word"><c>save</c> or <c>load</c>.</param>
    /// <param name="path">The file: little-endian float32, one parameter after the other.</param>
    public void Weights(string word, string path) => Ask($"{word} {path}");

    /// <summary>What twenty steps without noise come to: equal where peers do the same.</summary>
    public double[] Check() => Numbers(Ask("check"));

    /// <summary>Ends the peer: its requests are over.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    private string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return ReadLine();
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException($"{Name} ended: see above why");
}
