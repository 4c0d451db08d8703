using MathNet.Numerics;
using Shared.Statistics;
using Tests.Torch;
using TorchSharp.Modules;
using Training.Evaluation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Annealing from the uniform density of a box, there and back, against a log Z that is known.</summary>
[Collection(nameof(TorchCollection))]
public sealed class AnnealingInBoxTests
{
    private static readonly Box Plane = new(-4, 4);
    private static readonly RandomStream Random = new(29);

    [Fact]
    public void An_energy_that_is_zero_has_the_area_of_its_box_whatever_the_chains()
    {
        using var model = new Slope(0);
        var there = Annealed(levels: 3).Run(model, [20, 2], Random, 1);
        using var chains = Uniform(20);
        var back = Annealed(levels: 3).RunBack(model, chains, Random, 2);

        foreach (var estimate in (AnnealedEstimate[])[there, back])
        {
            estimate.LogZ.ShouldBe(2 * Math.Log(8), 1e-9);
            estimate.EffectiveSampleSize.ShouldBe(20, 1e-9);
            estimate.Acceptance.ShouldBe(1, "walls that reflect cost nothing");
        }
    }

    // Wide Gaussians lean on the walls: a chain that were lost or stuck there would show.
    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    public void A_Gaussian_within_the_box_has_its_mass_there(double deviation)
    {
        using var model = new GaussianEnergy(deviation);
        var exact = ExactOf(deviation);
        PlaneDensity.Of(model, Plane).LogZ.ShouldBe(exact, 1e-4);

        Annealed(levels: 200).Run(model, [500, 2], Random, 1).LogZ.ShouldBe(exact, 0.05);
        using var chains = Drawn(model, 500, word: 3);
        Annealed(levels: 200).RunBack(model, chains, Random, 2).LogZ.ShouldBe(exact, 0.05);
    }

    [Fact]
    public void On_average_the_exact_one_lies_between_the_forward_and_the_reverse_estimate()
    {
        using var model = MixtureEnergy.Ring(radius: 2, deviation: 0.3);
        var exact = PlaneDensity.Of(model, Plane).LogZ;
        var (below, above, means) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0u; run < 60; run++)
        {
            var there = Annealed(levels: 5).Run(model, [10, 2], Random, 2 * run);
            using var chains = Drawn(model, 10, 1_000 + run);
            below.Add(there.LogZ);
            means.Add(Math.Exp(there.LogZ - exact));
            above.Add(Annealed(levels: 5).RunBack(model, chains, Random, (2 * run) + 1).LogZ);
        }

        below.Average().ShouldBeLessThan(exact - 0.05);
        above.Average().ShouldBeGreaterThan(exact + 0.05);
        var (mean, error) = (means.Average(), Moments.Of(means)!.StandardDeviation!.Value / Math.Sqrt(60));
        mean.ShouldBe(1, 4 * error, "Z itself is unbiased");
    }

    [Fact]
    public void More_levels_bring_both_estimates_nearer()
    {
        using var model = MixtureEnergy.Ring(radius: 2, deviation: 0.3);
        var exact = PlaneDensity.Of(model, Plane).LogZ;

        double Error(int levels) => Enumerable.Range(0, 4).Average(run =>
        {
            var there = Annealed(levels).Run(model, [200, 2], Random, (uint)(2 * run)).LogZ;
            using var chains = Drawn(model, 200, (uint)(1_000 + run));
            var back = Annealed(levels).RunBack(model, chains, Random, (uint)((2 * run) + 1)).LogZ;
            return (Math.Abs(there - exact) + Math.Abs(back - exact)) / 2;
        });

        Error(levels: 100).ShouldBeLessThan(0.5 * Error(levels: 4));
    }

    // exp(−s·x) within the box has the mean −4 + 1/s: .02 for s = 50, half a cell of .04.
    [Fact]
    public void Draws_are_exact_where_the_energy_is_steep_within_a_cell()
    {
        using var model = new Slope(50);
        var draws = PlaneSamples.Draw(model, PlaneDensity.Of(model, Plane), 4_000, Random, word: 9)!;

        var columns = draws.Where((_, i) => i % 2 == 0).Select(x => (double)x).ToArray();
        columns.Average().ShouldBe(-4 + 0.02, 0.0015);
        columns.ShouldAllBe(x => x >= -4 && x <= 4);
        draws.Where((_, i) => i % 2 == 1).Average(y => (double)y).ShouldBe(0, 0.15);
        PlaneSamples.Draw(model, PlaneDensity.Of(model, Plane), 4_000, Random, word: 9).ShouldBe(draws);
    }

    [Fact]
    public void Draws_fall_on_the_modes_as_often_as_they_weigh()
    {
        using var model = new MixtureEnergy([(-2, 0, 0.25), (2, 0, 0.75)], deviation: 0.3);
        var draws = PlaneSamples.Draw(model, PlaneDensity.Of(model, Plane), 4_000, Random, word: 9)!;

        draws.Where((_, i) => i % 2 == 0).Average(x => x > 0 ? 1.0 : 0).ShouldBe(0.75, 0.03);
        draws.Where((_, i) => i % 2 == 1).Average(y => (double)y * y).ShouldBe(0.09, 0.01);
    }

    [Fact]
    public void A_run_that_is_told_to_stop_stops()
    {
        using var model = new GaussianEnergy();
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(
            () => Annealed(levels: 3).Run(model, [2, 2], Random, 1, source.Token));
    }

    private static AnnealedImportance Annealed(int levels) => new(
        new AnnealingStart.Uniform(Plane), levels, new HamiltonianSettings(0.2, LeapfrogSteps: 5, Trajectories: 1));

    private static double ExactOf(double deviation) =>
        2 * Math.Log(deviation * Math.Sqrt(2 * Math.PI) * SpecialFunctions.Erf(4 / (deviation * Math.Sqrt(2))));

    private static Tensor Drawn(IEnergyModel model, int count, uint word)
    {
        var chains = empty(count, 2);
        PlaneSamples.Draw(model, PlaneDensity.Of(model, Plane), count, Random, word)!.CopyTo(chains.Floats());
        return chains;
    }

    private static Tensor Uniform(int count)
    {
        var chains = empty(count, 2);
        Random.FillUniform(chains.Floats(), -4, 4, 0, 77, 0);
        return chains;
    }

    /// <summary>E = s·x.</summary>
    private sealed class Slope(double steepness) : IEnergyModel
    {
        public IReadOnlyList<Parameter> Parameters => [];

        public IReadOnlyList<Layer> Layers => [];

        public Tensor Energy(Tensor x) => x.select(1, 0) * steepness;

        public void Dispose()
        {
        }
    }
}
