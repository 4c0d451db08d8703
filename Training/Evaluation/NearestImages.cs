namespace Training.Evaluation;

/// <summary>How near images lie to others.</summary>
public static class NearestImages
{
    /// <summary>Mean distance, L2, of each image from the nearest of the others.</summary>
    /// <param name="images">Shape [count, size].</param>
    /// <param name="others">Shape [at least 1, size].</param>
    /// <param name="size">Pixels of an image.</param>
    public static double MeanDistance(ReadOnlySpan<float> images, ReadOnlySpan<float> others, int size)
    {
        var sum = 0.0;
        for (var first = 0; first < images.Length; first += size)
        {
            var image = images.Slice(first, size);
            var nearest = double.PositiveInfinity;
            for (var other = 0; other < others.Length; other += size)
            {
                nearest = Math.Min(nearest, Square(image, others.Slice(other, size)));
            }

            sum += Math.Sqrt(nearest);
        }

        return sum / (images.Length / size);
    }

    private static double Square(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var distance = a[i] - b[i];
            sum += distance * distance;
        }

        return sum;
    }
}
