using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Tests.Shared.Reports;
using Training.Data;
using Training.Evaluation;
using Training.Randomness;
using Training.Samplers;

namespace Tests.Training;

/// <summary>By hand, and against <c>tests/Golden/model_evaluation.json</c>, which numpy and SciPy computed.</summary>
public sealed class SampleStatisticsTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(RepositoryFiles.Read("tests/Golden/model_evaluation.json")).RootElement;

    [Fact]
    public void The_kernel_distance_is_the_sum_over_all_pairs()
    {
        SampleStatistics.KernelDistance(Rows("first"), Rows("second"))
            .ShouldBe(Golden.GetProperty("kid").GetDouble(), 1e-10);
        var all = SampleStatistics.KernelDistances(
            Rows("first"), Rows("second"), subsets: 3, size: 100, new RandomStream(1), word: 0);
        all.Mean.ShouldBe(Golden.GetProperty("kid").GetDouble(), 1e-10, "a subset of more rows than there are has them all");
        all.StandardDeviation!.Value.ShouldBe(0, 1e-10);
    }

    [Fact]
    public void Subsets_of_a_kernel_distance_differ_and_have_its_mean()
    {
        var subsets = SampleStatistics.KernelDistances(
            Rows("first"), Rows("second"), subsets: 400, size: 12, new RandomStream(1), word: 0);

        subsets.StandardDeviation!.Value.ShouldBeGreaterThan(0.1);
        subsets.Mean.ShouldBe(
            Golden.GetProperty("kid").GetDouble(), 4 * subsets.StandardDeviation.Value / Math.Sqrt(400), "it is unbiased");
    }

    [Fact]
    public void Precision_and_recall_are_those_of_all_distances()
    {
        SampleStatistics.Coverage(Rows("first"), Rows("second"), 3)
            .ShouldBe(Golden.GetProperty("precision").GetDouble(), 1e-12);
        SampleStatistics.Coverage(Rows("second"), Rows("first"), 3)
            .ShouldBe(Golden.GetProperty("recall").GetDouble(), 1e-12);
        SampleStatistics.Coverage(Rows("first"), Rows("first"), 1).ShouldBe(1, "a set covers itself");
    }

    [Fact]
    public void The_inception_score_is_scipys_entropy_and_one_for_one_opinion()
    {
        SampleStatistics.InceptionScore(Rows("probabilities"))
            .ShouldBe(Golden.GetProperty("inception_score").GetDouble(), 1e-12);
        SampleStatistics.InceptionScore(Matrix<double>.Build.Dense(5, 4, 0.25)).ShouldBe(1, 1e-12);
        SampleStatistics.InceptionScore(Matrix<double>.Build.DenseIdentity(4)).ShouldBe(4, 1e-12);
    }

    [Fact]
    public void Nearest_distances_are_scipys()
    {
        var squares = Golden.GetProperty("nearest_squares").EnumerateArray().Select(value => value.GetDouble());

        NearestImages.MeanDistance(Flat("second"), Flat("first"), 5).ShouldBe(squares.Average(Math.Sqrt), 1e-5);
        NearestImages.MeanDistance(Flat("first"), Flat("first"), 5).ShouldBe(0);
    }

    [Fact]
    public void Draws_of_class_gaussians_have_the_moments_of_their_class()
    {
        // Two classes of two pixels: (50, 100) and (150, 200) with covariances of their own.
        byte[] pixels = [40, 90, 60, 110, 50, 90, 50, 110, 150, 190, 150, 210, 140, 200, 160, 200];
        var images = new LabelledImages(1, 2, pixels, [0, 0, 0, 0, 1, 1, 1, 1]);
        var drawn = ClassGaussians.Draw(images, 8_000, Box.Images, new RandomStream(3), word: 9);
        var rows = Enumerable.Range(0, 4_000).Select(i => drawn[(4 * i)..((4 * i) + 2)]).ToArray();   // of class 0
        var known = images.Flattened(4);

        var (mean0, mean1) = (rows.Average(r => r[0]), rows.Average(r => r[1]));
        ((double)mean0).ShouldBe((known[0] + known[2] + known[4] + known[6]) / 4, 0.005);
        var covariance = rows.Average(r => (r[0] - mean0) * (r[1] - mean1));
        double Centred(int i, float mean) => known[i] - mean;
        var (m0, m1) = ((float)mean0, (float)mean1);
        var expected = Enumerable.Range(0, 4).Sum(i => Centred(2 * i, m0) * Centred((2 * i) + 1, m1)) / 3;
        ((double)covariance).ShouldBe(expected, 0.0005);
    }

    private static Matrix<double> Rows(string name) => Matrix<double>.Build.DenseOfRows(
        Golden.GetProperty(name).EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetDouble())));

    private static float[] Flat(string name) =>
        [.. Rows(name).ToRowMajorArray().Select(value => (float)value)];
}
