using Training.Data;
using Training.Randomness;
using Training.Samplers;

namespace Training.Evaluation;

/// <summary>
/// Draws from one Gaussian a class, N(μ_y, Σ_y + 1e-4·I), fitted to images: what a covariance alone knows.
/// </summary>
/// <remarks>
/// x = μ_y + Aᵀw/√(n − 1) + √1e-4·z with the centred images A, w ~ N(0, I_n) and z ~ N(0, I) has exactly this
/// law, so that no covariance is formed. Classes come in turn. Source: Yang and Ji 2021, section 3.2.
/// </remarks>
public static class ClassGaussians
{
    private const double Ridge = 1e-4;

    /// <summary>Draws images, and puts them into the box.</summary>
    /// <param name="images">What is fitted.</param>
    /// <param name="count">How many images are drawn.</param>
    /// <param name="box">The box.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="word">Third counter word.</param>
    /// <returns>Shape [count, image size].</returns>
    public static float[] Draw(LabelledImages images, int count, Box box, RandomStream stream, uint word)
    {
        var size = images.ImageSize;
        var all = images.Flattened(images.Count);
        int[][] classes =
        [
            .. images.Labels.Distinct().Order()
                .Select(label => Enumerable.Range(0, images.Count).Where(i => images.Labels[i] == label).ToArray())
                .Where(rows => rows.Length > 1),
        ];
        var means = Array.ConvertAll(classes, rows => Mean(all, rows, size));
        var drawn = new float[count * size];
        for (var row = 0; row < count; row++)
        {
            var known = row % classes.Length;
            Fill(drawn.AsSpan(row * size, size), all, classes[known], means[known], (stream, (uint)row, word));
        }

        box.Clamp(drawn);
        return drawn;
    }

    private static void Fill(
        Span<float> image,
        float[] all,
        int[] rows,
        double[] mean,
        (RandomStream Stream, uint Row, uint Word) random)
    {
        var weights = new float[rows.Length];
        random.Stream.FillNormal(weights, random.Row, random.Word, step: 0);
        random.Stream.FillNormal(image, random.Row, random.Word, step: 1);
        var weight = weights.Sum(w => (double)w);
        var sum = new double[image.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var from = all.AsSpan(rows[i] * image.Length, image.Length);
            for (var pixel = 0; pixel < sum.Length; pixel++)
            {
                sum[pixel] += weights[i] * from[pixel];
            }
        }

        var (scale, ridge) = (1 / Math.Sqrt(rows.Length - 1), Math.Sqrt(Ridge));
        for (var pixel = 0; pixel < sum.Length; pixel++)
        {
            var away = scale * (sum[pixel] - (weight * mean[pixel]));
            image[pixel] = (float)(mean[pixel] + away + (ridge * image[pixel]));
        }
    }

    private static double[] Mean(float[] all, int[] rows, int size)
    {
        var mean = new double[size];
        foreach (var row in rows)
        {
            for (var pixel = 0; pixel < size; pixel++)
            {
                mean[pixel] += (double)all[(row * size) + pixel] / rows.Length;
            }
        }

        return mean;
    }
}
