using System.Text;

namespace Bench.Timing;

/// <summary>A result as people read it.</summary>
internal static class TimingTable
{
    /// <summary>A table of one workload.</summary>
    /// <param name="result">The times.</param>
    /// <param name="isFirst">Whether to say before it what was measured on and with.</param>
    public static string Of(RaceResult result, bool isFirst)
    {
        var text = new StringBuilder();
        if (isFirst)
        {
            AppendSetting(text, result);
        }

        var (work, batch, steps, _) = result.Workload;
        var unit = work is Work.Langevin ? "a step" : "an update";
        text.AppendLine(
            $"\nbatch {batch}, T {steps}, {result.Rounds} rounds, load {result.Machine.Load:0.0}; ms {unit}");
        text.AppendLine(
            $"{"",-22}{"wall min",10}{"median",10}{"cpu min",10}{"median",10}{"÷ ours, wall",15}{"cpu",7}");
        foreach (var peer in result.Peers)
        {
            text.AppendLine(
                $"{peer.Peer,-22}{1e3 * peer.Least.Wall,10:0.00}{1e3 * peer.Median.Wall,10:0.00}"
                + $"{1e3 * peer.Least.Processor,10:0.00}{1e3 * peer.Median.Processor,10:0.00}"
                + $"{peer.Ratio.Wall,15:0.00}{peer.Ratio.Processor,7:0.00}");
        }

        return text.ToString();
    }

    private static void AppendSetting(StringBuilder text, RaceResult result)
    {
        text.AppendLine($"{result.Machine}");
        foreach (var (peer, computesWith) in result.Peers.Zip(result.ComputesWith))
        {
            text.AppendLine($"{peer.Peer,-22}{computesWith}");
        }
    }
}
