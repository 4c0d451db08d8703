using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Shared.Reports.Plots;

/// <summary>The lines of one configuration in a plot.</summary>
/// <param name="Label">What a legend calls it.</param>
/// <param name="Style">Number of its colour and dash pattern, from 0; nothing for a line among many.</param>
/// <param name="Mean">Mean over its completed replicates; empty where none completed.</param>
/// <param name="Replicates">One line a trial; empty where a band stands for them.</param>
internal sealed record PlotSeries(
    string Label, int? Style, ImmutableArray<PlotPoint> Mean, ImmutableArray<PlotLine> Replicates)
{
    /// <summary>Where most replicates lie at each step; empty where single lines are drawn.</summary>
    public ImmutableArray<BandPoint> Band { get; init; } = [];
}

/// <summary>A point of a line.</summary>
/// <param name="X">Where it lies on the horizontal axis; finite.</param>
/// <param name="Value">The value; may be infinite or not a number.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlotPoint(double X, double Value);

/// <summary>What lines are drawn over.</summary>
/// <param name="Name">What the horizontal axis measures.</param>
/// <param name="Levels">
/// What stands at 0, 1, 2 … of an axis of values without distances; empty on one of numbers from 0 on.
/// </param>
internal sealed record PlotScale(string Name, ImmutableArray<string> Levels)
{
    /// <summary>Finished updates.</summary>
    public static PlotScale Updates { get; } = new("updates", []);
}

/// <summary>The range of most replicates at a step.</summary>
/// <param name="X">Where it lies on the horizontal axis; finite.</param>
/// <param name="Low">Finite.</param>
/// <param name="High">Finite.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BandPoint(double X, double Low, double High);

/// <summary>The line of one trial.</summary>
/// <param name="Points">Its points; where a value is not finite the line has a gap.</param>
/// <param name="IsCompleted">
/// The trial ran to its end, so that the axis makes room for all its values.
/// </param>
/// <param name="IsDiverged">The line ends with a cross.</param>
internal sealed record PlotLine(ImmutableArray<PlotPoint> Points, bool IsCompleted, bool IsDiverged);

/// <summary>A plot as a drawing, and what its reader has to know.</summary>
/// <param name="Body">SVG elements of the plot alone, styled by class.</param>
/// <param name="Note">Which scale it has and what leaves it; empty for a plain one.</param>
internal sealed record PlotDrawing(string Body, string Note)
{
    /// <summary>Height in pixels; the width is that of every plot.</summary>
    public double Height { get; init; } = LinePlot.Height;
}
