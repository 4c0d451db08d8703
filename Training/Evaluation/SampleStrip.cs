using System.Collections.Immutable;

namespace Training.Evaluation;

/// <summary>
/// How chains change on their way: one row a chain, the start at the left and the end at the right.
/// </summary>
public sealed class SampleStrip
{
    private readonly int _side;

    /// <summary>A strip that is black until states are shown.</summary>
    /// <param name="rows">How many chains.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="columns">Most states of a chain, at least 2.</param>
    /// <param name="side">Side of an image in pixels.</param>
    public SampleStrip(int rows, int steps, int columns, int side)
    {
        (Rows, _side) = (rows, side);
        Steps = Evenly(steps, columns);
        Image = new GrayImage(Steps.Length * side * SampleGrid.Scale, rows * side * SampleGrid.Scale);
    }

    /// <summary>How many chains.</summary>
    public int Rows { get; }

    /// <summary>After how many steps each column was taken.</summary>
    public ImmutableArray<int> Steps { get; }

    /// <summary>The picture.</summary>
    public GrayImage Image { get; }

    /// <summary>So many of 0 … T at equal distances, both ends among them, or all where there are fewer.</summary>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="count">Most of them, at least 2.</param>
    public static ImmutableArray<int> Evenly(int steps, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (int)((long)steps * i / (count - 1))).Distinct()];

    /// <summary>Draws the states after a step, where a column is theirs.</summary>
    /// <param name="step">Number of finished steps.</param>
    /// <param name="states">In [−1, 1], shape [at least rows, side · side].</param>
    public void Show(int step, ReadOnlySpan<float> states)
    {
        var column = Steps.IndexOf(step);
        if (column < 0)
        {
            return;
        }

        var tile = _side * SampleGrid.Scale;
        for (var row = 0; row < Image.Height; row++)
        {
            for (var x = 0; x < tile; x++)
            {
                var pixel = ((row % tile / SampleGrid.Scale) * _side) + (x / SampleGrid.Scale);
                Image[(column * tile) + x, row] =
                    SampleGrid.Level(states[((row / tile) * _side * _side) + pixel]);
            }
        }
    }
}
