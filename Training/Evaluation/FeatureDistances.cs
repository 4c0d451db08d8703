using MathNet.Numerics.LinearAlgebra;

namespace Training.Evaluation;

/// <summary>Mahalanobis distances of features from the classes that they were fitted on.</summary>
/// <remarks>
/// One covariance for all classes, Σ = 1/n Σ (φ − μ_y)(φ − μ_y)ᵀ, with 1e-6 of its mean variance added to the
/// diagonal, so that dead features leave it invertible. Source: Lee et al. 2018, eq. 1 and 2.
/// </remarks>
public sealed class FeatureDistances
{
    private const double Ridge = 1e-6;

    private readonly List<Vector<double>> _means;
    private readonly Matrix<double> _whitening;

    private FeatureDistances(List<Vector<double>> means, Matrix<double> whitening)
    {
        _means = means;
        _whitening = whitening;
    }

    /// <summary>Fits class means and the common covariance.</summary>
    /// <param name="features">Shape [count, width].</param>
    /// <param name="labels">Shape [count]; a class without a sample has no mean.</param>
    public static FeatureDistances Of(Matrix<double> features, ReadOnlySpan<byte> labels)
    {
        var classes = labels.ToArray();
        var means = classes.Distinct().Order().ToDictionary(
            label => label,
            label => Mean(features, [.. Enumerable.Range(0, classes.Length).Where(i => classes[i] == label)]));
        var centred = Matrix<double>.Build.Dense(features.RowCount, features.ColumnCount);
        for (var row = 0; row < features.RowCount; row++)
        {
            centred.SetRow(row, features.Row(row) - means[classes[row]]);
        }

        var covariance = centred.TransposeThisAndMultiply(centred) / features.RowCount;
        var ridge = Math.Max(covariance.Trace() / features.ColumnCount, 1e-12) * Ridge;
        for (var i = 0; i < features.ColumnCount; i++)
        {
            covariance[i, i] += ridge;
        }

        // |W·v|² = vᵀ Σ⁻¹ v with W = L⁻¹, Σ = L·Lᵀ.
        return new FeatureDistances([.. means.Values], covariance.Cholesky().Factor.Inverse());
    }

    /// <summary>The squared distance of each sample from the nearest class.</summary>
    /// <param name="features">Shape [count, width].</param>
    public double[] Least(Matrix<double> features)
    {
        var whitened = features.TransposeAndMultiply(_whitening);
        var centres = _means.ConvertAll(mean => _whitening * mean);
        return
        [
            .. Enumerable.Range(0, features.RowCount).Select(row => centres.Min(centre =>
            {
                var from = whitened.Row(row) - centre;
                return from.DotProduct(from);
            })),
        ];
    }

    private static Vector<double> Mean(Matrix<double> features, int[] rows)
    {
        var sum = Vector<double>.Build.Dense(features.ColumnCount);
        foreach (var row in rows)
        {
            sum += features.Row(row);
        }

        return sum / rows.Length;
    }
}
