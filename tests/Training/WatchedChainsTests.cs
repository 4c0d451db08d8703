using Shared.Experiments;
using Shared.Reports;
using Tests.Torch;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

// The energy is |x|²/2, so that a step without noise multiplies every coordinate by 1 − α.
[Collection(nameof(TorchCollection))]
public sealed class WatchedChainsTests
{
    private static readonly InitialisationParameters Uniform = new();

    [Fact]
    public void Energies_and_pixels_of_a_chain_without_noise_follow_from_its_start()
    {
        var (strip, energies) = Run(Still(0.5, 4));
        energies.Steps.ShouldBe([0, 1, 2, 3, 4]);
        energies.Columns.ShouldBe([0, 1, 2, 3, 4]);
        energies.Energies.Length.ShouldBe(WatchedChains.Count);
        foreach (var chain in energies.Energies)
        {
            for (var step = 0; step <= 4; step++)
            {
                chain[step].ShouldBe((float)(chain[0] * Math.Pow(0.25, step)), 1e-6f * chain[0]);
            }
        }

        (strip.Width, strip.Height).ShouldBe((5 * 4, 6 * 4));   // images of 2 × 2, each pixel drawn as 2 × 2
        for (var row = 0; row < strip.Height; row++)
        {
            for (var column = 4; column < strip.Width; column++)
            {
                // A level is (x + 1)/2 · 255, and x halves with every column of states.
                var start = (strip[column % 4, row] / 255.0 * 2) - 1;
                var shown = (strip[column, row] / 255.0 * 2) - 1;
                shown.ShouldBe(start * Math.Pow(0.5, column / 4), 1.01 / 255 * 1.5);
            }
        }
    }

    [Fact]
    public void The_energies_are_those_of_the_states_that_the_same_steps_leave()
    {
        using var model = new GaussianEnergy();
        var noisy = Still(0.3, 7) with { Noise = new Schedule.Constant(0.2), Order = NoiseOrder.NoiseFirst };
        var sampler = new LangevinSampler(noisy, Box.Images);
        var seen = Run(noisy).Energies;
        using var chains = empty(WatchedChains.Count, 4);
        new FreshNoise(Uniform, 4, Box.Images, Stream).FillAll(chains.Floats(), 5_001);
        At(seen, 0).ShouldBe(Energies.Of(model, chains.Floats(), [4]), 1e-6);
        sampler.Run(model, chains, Stream, 5_000);
        At(seen, 7).ShouldBe(Energies.Of(model, chains.Floats(), [4]), 1e-6);
    }

    [Theory]
    [InlineData(BoundaryRule.AtEnd)]
    [InlineData(BoundaryRule.EveryStep)]
    public void The_last_state_lies_in_the_box_where_chains_are_put_back_at_their_end(BoundaryRule rule)
    {
        // α = 3 takes x to −2x, and on to 4x.
        var energies = Run(Still(3, 2) with { Boundary = rule }).Energies.Energies;
        energies.ShouldAllBe(chain => chain[2] <= 2);   // four coordinates of at most 1
        energies.Any(chain => chain[1] > 2).ShouldBe(rule is BoundaryRule.AtEnd);
    }

    [Fact]
    public void Long_chains_are_shown_at_eleven_steps_and_measured_at_two_hundred_and_one()
    {
        var (strip, energies) = Run(Still(0.01, 450));
        energies.Columns.ShouldBe([0, 45, 90, 135, 180, 225, 270, 315, 360, 405, 450]);
        energies.Steps.Length.ShouldBe(201);
        (energies.Steps[1], energies.Steps[2], energies.Steps[^1]).ShouldBe((2, 4, 450));
        strip.Width.ShouldBe(11 * 4);
        Run(Still(0.01, 200)).Energies.Steps.ShouldBe(Enumerable.Range(0, 201));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_noise_free_step_at_the_end_is_a_step_of_the_strip(bool isThere) =>
        Run(Still(0.5, 3) with { FinalNoiseFreeStep = isThere }).Energies.Columns[^1].ShouldBe(isThere ? 4 : 3);

    [Fact]
    public void A_trajectory_of_hamiltonian_chains_is_a_step_however_many_gradients_it_takes()
    {
        using var model = new GaussianEnergy();
        var sampler = new HamiltonianSampler(new HamiltonianSettings(0.1, 5, 6, 1), Box.Images);
        var (_, energies) = Chains().Run(model, sampler);
        energies.Steps.ShouldBe([0, 1, 2, 3, 4, 5, 6]);
        energies.Energies.ShouldAllBe(chain => chain.Distinct().Count() > 3);
    }

    [Fact]
    public void Replica_exchange_shows_the_coldest_chains_at_every_step()
    {
        using var model = new GaussianEnergy();
        var sampler = new ReplicaExchange([1, 2], 0.1, 3, Box.Images);
        using var chains = zeros(2, 4);
        var seen = new List<float[]>();
        sampler.Run(model, chains, Stream, 1, afterStep: _ => seen.Add(chains.Floats().ToArray()));
        sampler.Steps.ShouldBe(3);
        seen.Count.ShouldBe(3);
        seen[^1].ShouldBe(chains.Floats().ToArray());
        seen[0].ShouldNotBe(seen[1]);
    }

    private static RandomStream Stream => new(5);

    private static IEnumerable<double> At(ChainEnergies energies, int step) =>
        energies.Energies.Select(chain => (double)chain[step]);

    private static (GrayImage Strip, ChainEnergies Energies) Run(SamplerParameters parameters)
    {
        using var model = new GaussianEnergy();
        return Chains().Run(model, new LangevinSampler(parameters, Box.Images));
    }

    private static WatchedChains Chains() => new([1, 2, 2], Box.Images, Uniform, Stream);

    private static SamplerParameters Still(double alpha, int steps) => new()
    {
        Steps = steps,
        StepSize = new Schedule.Constant(alpha),
        Noise = new Schedule.Constant(0),
    };
}
