using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Shared.Reports.Plots;

/// <summary>The lines of one configuration in a plot.</summary>
/// <param name="Label">What a legend calls it.</param>
/// <param name="Style">Number of its colour and dash pattern, from 0; nothing for a line among many.</param>
/// <param name="Mean">Mean over its completed replicates; empty where none completed.</param>
/// <param name="Replicates">One line a trial; empty where a band stands for them.</param>
internal sealed record PlotSeries(
    string Label, int? Style, ImmutableArray<CurvePoint> Mean, ImmutableArray<PlotLine> Replicates)
{
    /// <summary>Where most replicates lie at each step; empty where single lines are drawn.</summary>
    public ImmutableArray<BandPoint> Band { get; init; } = [];
}

/// <summary>The range of most replicates at a step.</summary>
/// <param name="Step">Number of finished updates.</param>
/// <param name="Low">Finite.</param>
/// <param name="High">Finite.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BandPoint(int Step, double Low, double High);

/// <summary>The line of one trial.</summary>
/// <param name="Points">Its points; where a value is not finite the line has a gap.</param>
/// <param name="IsCompleted">
/// The trial ran to its end, so that the axis makes room for all its values.
/// </param>
/// <param name="IsDiverged">The line ends with a cross.</param>
internal sealed record PlotLine(ImmutableArray<CurvePoint> Points, bool IsCompleted, bool IsDiverged);

/// <summary>A plot as a drawing, and what its reader has to know.</summary>
/// <param name="Body">SVG elements of the plot alone, styled by class.</param>
/// <param name="Note">Which scale it has and what leaves it; empty for a plain one.</param>
internal sealed record PlotDrawing(string Body, string Note);
