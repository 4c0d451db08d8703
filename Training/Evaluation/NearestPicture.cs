using System.Collections.Immutable;
using Training.Data;

namespace Training.Evaluation;

/// <summary>A row of samples, and below each the images that lie nearest to it.</summary>
public static class NearestPicture
{
    /// <summary>Pixels between the samples and the rows below them.</summary>
    public const int Gap = 6;

    private const byte GapLevel = byte.MaxValue;

    /// <summary>Draws them, each pixel as 2 × 2; an image that is missing stays black.</summary>
    /// <param name="samples">In [−1, 1], shape [columns, side · side].</param>
    /// <param name="others">The images that were searched.</param>
    /// <param name="nearest">Of each sample, its nearest images.</param>
    /// <param name="count">Rows below the samples.</param>
    public static GrayImage Of(
        ReadOnlySpan<float> samples,
        LabelledImages others,
        ImmutableArray<ImmutableArray<Neighbour>> nearest,
        int count)
    {
        var size = others.ImageSize;
        var columns = nearest.Length;
        var images = new float[(1 + count) * columns * size];
        images.AsSpan().Fill(-1);
        samples[..(columns * size)].CopyTo(images);
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < nearest[column].Length; row++)
            {
                var cell = ((1 + row) * columns) + column;
                others.CopyTo(nearest[column][row].Index, images.AsSpan(cell * size, size));
            }
        }

        return WithGap(
            SampleGrid.Of(images, others.Height, (1 + count) * columns, columns), others.Height * SampleGrid.Scale);
    }

    private static GrayImage WithGap(GrayImage grid, int below)
    {
        var picture = new GrayImage(grid.Width, grid.Height + Gap);
        for (var row = 0; row < picture.Height; row++)
        {
            var isGap = row >= below && row < below + Gap;
            for (var column = 0; column < picture.Width; column++)
            {
                picture[column, row] = isGap ? GapLevel : grid[column, row < below ? row : row - Gap];
            }
        }

        return picture;
    }
}
