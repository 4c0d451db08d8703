using Tests.Torch;
using Training.Evaluation;
using Training.Samplers;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class PlaneDensityTests
{
    private static readonly Box Plane = new(-4, 4);

    [Fact]
    public void The_normalising_constant_of_a_Gaussian_is_exact()
    {
        using var model = new GaussianEnergy(deviation: 0.5);
        PlaneDensity.Of(model, Plane).LogZ.ShouldBe(Math.Log(2 * Math.PI * 0.25), 1e-6);
    }

    [Fact]
    public void The_divergence_from_the_same_Gaussian_is_zero_and_from_another_the_closed_form()
    {
        using var model = new GaussianEnergy(deviation: 0.5);
        var density = PlaneDensity.Of(model, Plane);
        density.KlFrom((x, y) => Gaussian(x, y, 0.5)).ShouldBe(0, 1e-6);
        density.KlFrom((x, y) => Gaussian(x, y, 0.4)).ShouldBe((2 * Math.Log(0.5 / 0.4)) + 0.64 - 1, 1e-6);
    }

    [Fact]
    public void The_picture_shows_truth_learnt_density_and_samples()
    {
        using var model = new GaussianEnergy(deviation: 0.5);
        var picture = PlanePicture.Of(
            (x, y) => Gaussian(x, y, 0.5), PlaneDensity.Of(model, Plane), [3.99f, 3.99f, -9, -9], Plane);
        (picture.Width, picture.Height).ShouldBe((608, 200));
        picture[100, 100].ShouldBe(byte.MaxValue);
        picture[304, 100].ShouldBe(byte.MaxValue);
        picture[0, 0].ShouldBe((byte)0);
        picture[607, 0].ShouldBe(byte.MaxValue);
        picture[408, 199].ShouldBe(byte.MaxValue);
    }

    private static double Gaussian(double x, double y, double deviation) =>
        Math.Exp(-((x * x) + (y * y)) / (2 * deviation * deviation)) / (2 * Math.PI * deviation * deviation);
}
