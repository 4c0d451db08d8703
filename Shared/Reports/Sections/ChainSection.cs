using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>What a few fresh chains do on their way: their states as a strip, their energies as a plot.</summary>
internal static class ChainSection
{
    private static readonly PlotScale Steps = new("finished steps", []);

    /// <summary>The section, or nothing where no trial left a strip.</summary>
    public static Section? Of(ReportModel model)
    {
        var trials = ShownTrial.Of(model, ChainEnergies.PictureName);
        if (trials.IsEmpty)
        {
            return null;
        }

        ImmutableArray<Block> blocks =
        [
            .. ShownTrial.SideBySide(trials, BlocksOf, []),
            new Block.Paragraph(
                "Chains from fresh noise, moved by the sampler of evaluation, for one replicate; they are scored by "
                + "no metric. Rows of a strip are chains, the start x₀ at the left. Thin lines are the energies E(x) "
                + "of the same chains, which have no unit, and the thick one is their mean.",
                IsNote: true),
        ];
        return new Section(
            "chains", "Chains step by step", ShownTrial.LeftOut(model) is { } left ? blocks.Add(left) : blocks);
    }

    private static IEnumerable<Block> BlocksOf(ShownTrial shown)
    {
        var energies = shown.Left.TryGetValue(ChainEnergies.FileName, out var file)
            ? ChainEnergies.Read(file.Bytes.AsSpan())
            : null;
        yield return new Block.Gallery(
            shown.Label, [shown.Picture(ChainEnergies.PictureName, Caption(energies))]);
        if (energies is not null && Draw($"{shown.Result.Configuration.Id}-chains", energies) is { } drawn)
        {
            yield return shown.Plot("chains", "Energy against step", drawn.Drawing, [drawn.Series], "");
        }
    }

    private static string Caption(ChainEnergies? energies)
    {
        if (energies is null)
        {
            return "from the start to the end";
        }

        static string Number(int step) => step.ToString(CultureInfo.InvariantCulture);
        var last = string.Concat(Number(energies.Columns[^1]).Select(digit => (char)('₀' + digit - '0')));
        return $"x₀ … x{last}, after {string.Join(", ", energies.Columns.Select(Number))} steps";
    }

    /// <summary>A line for each chain and their mean; nothing where no energy is finite.</summary>
    private static (PlotDrawing Drawing, PlotSeries Series)? Draw(string name, ChainEnergies energies)
    {
        PlotPoint[][] lines =
        [
            .. energies.Energies.Select(chain => energies.Steps
                .Select((step, i) => new PlotPoint(step, chain[i])).ToArray()),
        ];
        var series = new PlotSeries(
            "mean of the chains", 0,
            [.. energies.Steps.Select((step, i) => new PlotPoint(step, lines.Average(line => line[i].Value)))],
            [.. lines.Select(line => new PlotLine([.. line], IsCompleted: true, IsDiverged: false))]);
        return LinePlot.Draw(name, [series], Steps) is { } drawing ? (drawing, series) : null;
    }
}
