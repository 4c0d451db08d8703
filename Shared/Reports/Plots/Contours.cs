using System.Collections.Immutable;

namespace Shared.Reports.Plots;

/// <summary>Lines of equal value on a grid.</summary>
/// <remarks>
/// Marching squares: a crossing on an edge of the grid is where the line between its two values has the level.
/// Source: Lorensen and Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions; a cell with two high and two low
/// corners across is decided by the mean of all four. Round the grid lies a rim above every level, so that every
/// line closes.
/// </remarks>
public static class Contours
{
    /// <summary>Closed lines round what is at or below a level, which lies on their left.</summary>
    /// <param name="values">Shape [side, side]; what is not finite counts as above every level.</param>
    /// <param name="side">Points along each side.</param>
    /// <param name="level">The level; finite.</param>
    /// <returns>Points of each line as column and row of the grid, from 0 to side − 1.</returns>
    public static IEnumerable<ImmutableArray<(double X, double Y)>> Of(
        ImmutableArray<float> values, int side, double level)
    {
        var following = new SortedDictionary<int, int>();
        for (var row = -1; row < side; row++)
        {
            for (var column = -1; column < side; column++)
            {
                Cross(following, (column, row), values, side, level);
            }
        }

        while (following.Count > 0)
        {
            var line = ImmutableArray.CreateBuilder<(double, double)>();
            for (var edge = following.First().Key; following.Remove(edge, out var next); edge = next)
            {
                line.Add(Crossing(edge, values, side, level));
            }

            yield return line.ToImmutable();
        }
    }

    /// <summary>Joins, through one cell, each crossing where the line comes in to where it goes out.</summary>
    private static void Cross(
        SortedDictionary<int, int> following,
        (int Column, int Row) cell,
        ImmutableArray<float> values,
        int side,
        double level)
    {
        var (x, y) = cell;
        (int, int)[] corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];   // anticlockwise, rows upwards
        double[] heights = [.. corners.Select(corner => At(values, side, corner))];
        bool[] isLow = [.. heights.Select(height => height <= level)];
        if (isLow.Distinct().Count() == 1)
        {
            return;
        }

        int[] edges =
        [
            Edge(x, y, side, isUpwards: false), Edge(x + 1, y, side, isUpwards: true),
            Edge(x, y + 1, side, isUpwards: false), Edge(x, y, side, isUpwards: true),
        ];
        var isSaddle = isLow[0] == isLow[2] && isLow[1] == isLow[3] && isLow[0] != isLow[1];
        var isJoined = !isSaddle || heights.Average() <= level;
        for (var i = 0; i < 4; i++)
        {
            if (!isLow[i] || isLow[(i + 1) % 4])
            {
                continue;
            }

            // Here the way round the cell leaves what is low; the line goes on where it next, or last, came in.
            var step = isJoined ? 1 : 3;
            var entry = (i + step) % 4;
            while (isLow[entry] || !isLow[(entry + 1) % 4])
            {
                entry = (entry + step) % 4;
            }

            following[edges[i]] = edges[entry];
        }
    }

    private static double At(ImmutableArray<float> values, int side, (int Column, int Row) point)
    {
        var (column, row) = point;
        return column < 0 || row < 0 || column >= side || row >= side
            || !float.IsFinite(values[(row * side) + column])
            ? double.PositiveInfinity
            : values[(row * side) + column];
    }

    /// <summary>A number for the edge of the grid from a point to its neighbour, to the right or upwards.</summary>
    private static int Edge(int column, int row, int side, bool isUpwards) =>
        (2 * (((row + 1) * (side + 2)) + column + 1)) + (isUpwards ? 1 : 0);

    private static (double X, double Y) Crossing(int edge, ImmutableArray<float> values, int side, double level)
    {
        var (column, row) = ((edge / 2 % (side + 2)) - 1, (edge / 2 / (side + 2)) - 1);
        var isUpwards = edge % 2 == 1;
        var from = At(values, side, (column, row));
        var to = At(values, side, isUpwards ? (column, row + 1) : (column + 1, row));
        var share = double.IsInfinity(to) ? 0 : double.IsInfinity(from) ? 1 : (level - from) / (to - from);
        return isUpwards ? (column, row + share) : (column + share, row);
    }
}
