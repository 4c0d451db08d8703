using System.Diagnostics;

namespace Bench.Claims;

/// <summary>Runs sweep files as a user does, with <c>./sweep run</c>, in a store of its own.</summary>
/// <param name="folder">Where the store and the reports go.</param>
/// <param name="slots">How many trials run at once; the number of cores where nothing is given.</param>
internal sealed class SweepRuns(string folder, int? slots)
{
    private readonly Dictionary<string, string> _reports = new(StringComparer.Ordinal);

    /// <summary>The row of a configuration; its sweep is run when a row of it is first wanted.</summary>
    /// <exception cref="InvalidOperationException">The sweep could not be run.</exception>
    public async Task<Row> RowAsync(RowPlan plan)
    {
        if (!_reports.TryGetValue(plan.File, out var report))
        {
            report = await RunAsync(plan.File);
            _reports.Add(plan.File, report);
        }

        return SweepResults.Read(plan, report);
    }

    private async Task<string> RunAsync(string file)
    {
        var path = BenchPlaces.File(Path.Combine("sweeps", file));
        var start = new ProcessStartInfo(Path.Combine(BenchPlaces.Clone, "sweep"))
        {
            ArgumentList = { "run", path, "--store", $"sqlite:{Path.Combine(folder, "store.db")}" },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (slots is { } count)
        {
            start.ArgumentList.Add("--slots");
            start.ArgumentList.Add($"{count}");
        }

        using var sweep = Process.Start(start)!;
        while (await sweep.StandardOutput.ReadLineAsync() is { } line)
        {
            await Console.Error.WriteLineAsync($"  {line}");
        }

        await sweep.WaitForExitAsync();
        var name = Path.GetFileNameWithoutExtension(file);
        return sweep.ExitCode == 0
            ? await File.ReadAllTextAsync(Path.Combine(folder, name, "report.json"))
            : throw new InvalidOperationException($"./sweep run {path} ended with code {sweep.ExitCode}");
    }
}
