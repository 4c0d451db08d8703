using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Shared.Statistics;
using Training.Randomness;

namespace Training.Evaluation;

/// <summary>Numbers that say how like two sets of feature vectors are.</summary>
public static class SampleStatistics
{
    /// <summary>Unbiased squared maximum mean discrepancy with k(x, y) = (xᵀy/d + 1)³.</summary>
    /// <param name="first">Shape [n, d], n at least 2.</param>
    /// <param name="second">Shape [m, d], m at least 2.</param>
    /// <remarks>Source: Bińkowski et al. 2018, eq. 4; Gretton et al. 2012, lemma 6.</remarks>
    public static double KernelDistance(Matrix<double> first, Matrix<double> second)
    {
        var (n, m) = ((double)first.RowCount, (double)second.RowCount);
        var within = Off(Kernel(first, first)) / (n * (n - 1));
        var other = Off(Kernel(second, second)) / (m * (m - 1));
        return within + other - (2 * Kernel(first, second).RowSums().Sum() / (n * m));
    }

    /// <summary>Mean and deviation of the kernel distance over random subsets of both sides.</summary>
    /// <param name="first">Shape [n, d].</param>
    /// <param name="second">Shape [m, d].</param>
    /// <param name="subsets">How many subsets, at least 2.</param>
    /// <param name="size">Rows of a subset; all rows of a side that has fewer.</param>
    /// <param name="stream">Draws the subsets, without replacement within one.</param>
    /// <param name="word">Third counter word of the first subset; each takes one more.</param>
    public static Moments KernelDistances(
        Matrix<double> first, Matrix<double> second, int subsets, int size, RandomStream stream, uint word) =>
        Moments.Of(
        [
            .. Enumerable.Range(0, subsets).Select(subset => KernelDistance(
                Rows(first, size, stream, word + (uint)subset, step: 0),
                Rows(second, size, stream, word + (uint)subset, step: 1))),
        ])!;

    /// <summary>
    /// Share of the queries in the ball of a reference, whose radius is the distance to its k-th neighbour.
    /// </summary>
    /// <param name="references">Shape [n, d], n above k.</param>
    /// <param name="queries">Shape [m, d].</param>
    /// <param name="neighbours">k.</param>
    /// <remarks>
    /// Precision of queries, or recall with the sides exchanged. Source: Kynkäänniemi et al. 2019, eq. 1.
    /// </remarks>
    public static double Coverage(Matrix<double> references, Matrix<double> queries, int neighbours)
    {
        var centres = references.ToRowArrays();
        var radii = Array.ConvertAll(centres, centre =>
        {
            var distances = Array.ConvertAll(centres, other => Distance.SSD(centre, other));
            Array.Sort(distances);
            return distances[neighbours];   // the first one is the distance to itself
        });
        return queries.ToRowArrays().Count(query =>
            centres.Zip(radii).Any(ball => Distance.SSD(ball.First, query) <= ball.Second)) / (double)queries.RowCount;
    }

    /// <summary>exp of the mean divergence of class probabilities from their mean.</summary>
    /// <param name="probabilities">Shape [count, classes], each row of sum 1.</param>
    /// <returns>From 1 to the number of classes.</returns>
    /// <remarks>Source: Salimans et al. 2016, section 4, on one split.</remarks>
    public static double InceptionScore(Matrix<double> probabilities)
    {
        var mean = probabilities.ColumnSums() / probabilities.RowCount;
        var sum = probabilities.EnumerateRows().Sum(
            row => row.Zip(mean, (p, q) => p > 0 ? p * Math.Log(p / q) : 0).Sum());
        return Math.Exp(sum / probabilities.RowCount);
    }

    private static Matrix<double> Kernel(Matrix<double> first, Matrix<double> second)
    {
        var products = first.TransposeAndMultiply(second);
        var width = first.ColumnCount;
        products.MapInplace(product => Cube((product / width) + 1), Zeros.Include);
        return products;
    }

    private static double Off(Matrix<double> kernel) => kernel.RowSums().Sum() - kernel.Diagonal().Sum();

    private static Matrix<double> Rows(Matrix<double> of, int size, RandomStream stream, uint word, uint step)
    {
        var rows = stream.Draw(of.RowCount, Math.Min(size, of.RowCount), word, step);
        return Matrix<double>.Build.DenseOfRows(rows.Select(of.Row));
    }

    private static double Cube(double value) => value * value * value;
}
