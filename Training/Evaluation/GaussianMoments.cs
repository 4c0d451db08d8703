using MathNet.Numerics.LinearAlgebra;

namespace Training.Evaluation;

/// <summary>Mean and covariance of a set of feature vectors.</summary>
/// <param name="Mean">μ, shape [width].</param>
/// <param name="Covariance">Σ with n − 1, shape [width, width].</param>
/// <param name="Count">n, how many vectors they were taken from.</param>
public sealed record GaussianMoments(Vector<double> Mean, Matrix<double> Covariance, int Count)
{
    /// <summary>Moments in double precision.</summary>
    /// <param name="features">Shape [count, width].</param>
    public static GaussianMoments Of(Matrix<double> features)
    {
        var mean = features.ColumnSums() / features.RowCount;
        var centred = features.Clone();
        for (var row = 0; row < centred.RowCount; row++)
        {
            centred.SetRow(row, centred.Row(row) - mean);
        }

        return new GaussianMoments(
            mean, centred.TransposeThisAndMultiply(centred) / (features.RowCount - 1), features.RowCount);
    }

    /// <summary>Fréchet distance |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½) of two Gaussians.</summary>
    /// <remarks>
    /// Source: Dowson and Landau 1982; Heusel et al. 2017, eq. 6. The symmetric form, with eigenvalues
    /// floored at 0, so that rounding gives no complex root.
    /// </remarks>
    public double FrechetDistanceTo(GaussianMoments other)
    {
        var root = SquareRoot(Covariance);
        var product = root * other.Covariance * root;
        var cross = Eigenvalues((product + product.Transpose()) / 2).Sum(Math.Sqrt);
        var apart = (Mean - other.Mean).L2Norm();
        return (apart * apart) + Covariance.Trace() + other.Covariance.Trace() - (2 * cross);
    }

    private static IEnumerable<double> Eigenvalues(Matrix<double> symmetric) =>
        symmetric.Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Max(value.Real, 0));

    private static Matrix<double> SquareRoot(Matrix<double> symmetric)
    {
        var evd = symmetric.Evd(Symmetricity.Symmetric);
        var roots = evd.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 0)));
        var vectors = evd.EigenVectors;
        return vectors * Matrix<double>.Build.DiagonalOfDiagonalVector(roots) * vectors.Transpose();
    }
}
