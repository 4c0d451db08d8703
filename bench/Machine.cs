using System.Globalization;

namespace Bench;

/// <summary>What a figure was measured on.</summary>
/// <param name="Processor">Model of the processor.</param>
/// <param name="Cores">Number of cores.</param>
/// <param name="Load">Processes that ran or waited to, mean over the last minute.</param>
internal sealed record Machine(string Processor, int Cores, double Load)
{
    /// <summary>This machine, now.</summary>
    public static Machine Now()
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return new Machine(
            model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown processor",
            Environment.ProcessorCount,
            double.Parse(load, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Processor}, {Cores} cores, load {Load:0.0}";
}
