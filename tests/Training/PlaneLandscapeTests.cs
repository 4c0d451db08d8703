using Shared.Experiments;
using Shared.Reports;
using Tests.Torch;
using Training.Data;
using Training.Evaluation;
using Training.Experiments;
using Training.Randomness;
using Training.Samplers;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class PlaneLandscapeTests
{
    private static readonly Box Plane = new(-4, 4);

    [Fact]
    public void Energies_lie_on_a_grid_with_both_ends_and_the_field_in_the_middles_of_cells()
    {
        using var model = new GaussianEnergy(deviation: 0.5);
        var landscape = PlaneLandscape.Of(model, Plane, [(1, 2)]);

        // E = 2(x² + y²), and −∇E = (−4x, −4y).
        landscape.Energies[0].ShouldBe(64, 1e-4);
        landscape.Energies[63].ShouldBe(64, 1e-4);
        landscape.Energies[(63 * 64) + 32].ShouldBe((float)(2 * (16 + Math.Pow(8 * 32 / 63.0 - 4, 2))), 1e-4);
        landscape.Downhill[..2].ShouldBe([15f, 15], 1e-4);       // at (−3.75, −3.75)
        landscape.Downhill[^32..^30].ShouldBe([15f, -15], 1e-4);   // at (−3.75, 3.75), the last row's first
        landscape.Centres.ShouldHaveSingleItem().ShouldBe([1f, 2]);
    }

    [Fact]
    public void The_field_is_that_of_finite_differences_of_the_energy()
    {
        using var model = MixtureEnergy.Ring(radius: 2, deviation: 0.5);
        var landscape = PlaneLandscape.Of(model, Plane, []);
        const float H = 0.01f;
        for (var i = 0; i < 16 * 16; i++)
        {
            var (x, y) = (-4 + (0.5f * (i % 16)) + 0.25f, -4 + (0.5f * (i / 16)) + 0.25f);
            var around = Energies.Of(model, [x + H, y, x - H, y, x, y + H, x, y - H], [2]);
            ((double)landscape.Downhill[2 * i]).ShouldBe((around[1] - around[0]) / (2 * H), 0.02);
            ((double)landscape.Downhill[(2 * i) + 1]).ShouldBe((around[3] - around[2]) / (2 * H), 0.02);
        }
    }

    [Fact]
    public void A_trial_of_the_toy_leaves_its_landscape_with_the_eight_modes_on_the_ring()
    {
        var (trial, toy) = (new RecordingTrial(), new ToyParameters());
        ExperimentRunner.Default.Run(
            toy with { Training = toy.Training with { Updates = 3, BatchSize = 8 } }, trial);
        var landscape = EnergyLandscape.Read(trial.Artifacts["landscape.json"])!;
        landscape.Energies.Length.ShouldBe(64 * 64);
        landscape.Downhill.ShouldContain(slope => slope != 0);
        landscape.Centres.Select(c => (Math.Round(c[0], 3), Math.Round(c[1], 3))).ShouldBe(
        [
            (2, 0), (1.414, 1.414), (0, 2), (-1.414, 1.414), (-2, 0), (-1.414, -1.414), (0, -2), (1.414, -1.414),
        ]);
        var ring = new GaussianRing(8, 2, 0.3, new RandomStream(1));
        landscape.Centres.ShouldAllBe(c => Math.Abs(ring.Density(c[0], c[1]) - ring.Density(2, 0)) < 1e-6);
    }
}
