using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>Energies of the plane with their gradient fields.</summary>
internal static class LandscapeSection
{
    /// <summary>The section, or nothing where no trial left a landscape.</summary>
    public static Section? Of(ReportModel model)
    {
        ImmutableArray<ShownTrial> trials =
            [.. ShownTrial.Of(model, EnergyLandscape.FileName).Where(shown => Draw(shown) is not null)];
        if (trials.IsEmpty)
        {
            return null;
        }

        ImmutableArray<Block> blocks =
        [
            .. ShownTrial.SideBySide(trials, shown => [shown.Plot("landscape", "Energy", Draw(shown)!, [], "")], []),
            new Block.Paragraph(
                "The learnt energy of one replicate at its end, above its lowest value: what lies 1 higher is e times "
                + "less probable by exp(−E), and what lies above the last level is not shaded. An arrow is −∇E "
                + "at its middle, the drift of Langevin chains; how much a full one is differs between plots. Circles are the modes of the density that the data have.",
                IsNote: true),
        ];
        return new Section(
            "landscapes", "Energy landscapes", ShownTrial.LeftOut(model) is { } left ? blocks.Add(left) : blocks);
    }

    private static PlotDrawing? Draw(ShownTrial shown) =>
        EnergyLandscape.Read(shown.Left[EnergyLandscape.FileName].Bytes.AsSpan()) is { } landscape
            ? LandscapePlot.Draw(landscape)
            : null;
}
