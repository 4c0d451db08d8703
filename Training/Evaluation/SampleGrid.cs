namespace Training.Evaluation;

/// <summary>Pictures of samples, side by side.</summary>
public static class SampleGrid
{
    /// <summary>Images in a grid.</summary>
    public const int Count = Columns * Rows;

    private const int Columns = 8;
    private const int Rows = 4;
    private const int Scale = 2;

    /// <summary>The first images, 8 in a row, each pixel drawn as 2 × 2.</summary>
    /// <param name="images">In [−1, 1], shape [count, side · side]; missing ones stay black.</param>
    /// <param name="side">Side of an image in pixels.</param>
    public static GrayImage Of(ReadOnlySpan<float> images, int side)
    {
        var tile = side * Scale;
        var grid = new GrayImage(Columns * tile, Rows * tile);
        for (var row = 0; row < grid.Height; row++)
        {
            for (var column = 0; column < grid.Width; column++)
            {
                var image = ((row / tile) * Columns) + (column / tile);
                var pixel = ((row % tile / Scale) * side) + (column % tile / Scale);
                var index = (image * side * side) + pixel;
                grid[column, row] = index < images.Length ? Level(images[index]) : (byte)0;
            }
        }

        return grid;
    }

    private static byte Level(float value) => (byte)Math.Round(Math.Clamp((value + 1) / 2, 0f, 1f) * 255);
}
