namespace Training.Evaluation;

/// <summary>Pictures of samples, side by side.</summary>
public static class SampleGrid
{
    /// <summary>Images in a grid.</summary>
    public const int Count = Columns * Rows;

    private const int Columns = 8;
    private const int Rows = 4;
    /// <summary>Pixels of the picture for a pixel of an image, along each side.</summary>
    internal const int Scale = 2;

    /// <summary>The first images, 8 in a row, each pixel drawn as 2 × 2.</summary>
    /// <param name="images">In [−1, 1], shape [count, side · side]; missing ones stay black.</param>
    /// <param name="side">Side of an image in pixels.</param>
    public static GrayImage Of(ReadOnlySpan<float> images, int side) => Of(images, side, Count, Columns);

    /// <summary>The first images, each pixel drawn as 2 × 2.</summary>
    /// <param name="images">In [−1, 1], shape [count, side · side]; missing ones stay black.</param>
    /// <param name="side">Side of an image in pixels.</param>
    /// <param name="count">
    /// How many images; a last row that they do not fill stays black behind them.
    /// </param>
    /// <param name="columns">Images in a row.</param>
    public static GrayImage Of(ReadOnlySpan<float> images, int side, int count, int columns)
    {
        var tile = side * Scale;
        var shown = images[..Math.Min(images.Length, count * side * side)];
        var grid = new GrayImage(columns * tile, (count + columns - 1) / columns * tile);
        for (var row = 0; row < grid.Height; row++)
        {
            for (var column = 0; column < grid.Width; column++)
            {
                var image = ((row / tile) * columns) + (column / tile);
                var pixel = ((row % tile / Scale) * side) + (column % tile / Scale);
                var index = (image * side * side) + pixel;
                grid[column, row] = index < shown.Length ? Level(shown[index]) : (byte)0;
            }
        }

        return grid;
    }

    /// <summary>The gray level of a value of the box [−1, 1].</summary>
    internal static byte Level(float value) => (byte)Math.Round(Math.Clamp((value + 1) / 2, 0f, 1f) * 255);
}
