using Shared.Experiments;
using Tests.Torch;
using Training.Evaluation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

// The acceptance experiments on mixtures in the plane: what a schedule, an annealed estimate and an exchange
// of replicas are for.
[Collection(nameof(TorchCollection))]
public sealed class MixtureSamplingTests
{
    private const double Fine = 0.017;
    private const double Coarse = 0.15;
    private static readonly RandomStream Random = new(23);

    public static TheoryData<Schedule> Falling =>
    [
        new Schedule.Geometric(Coarse, Fine),
        new Schedule.Linear(Coarse, Fine),
        new Schedule.Cosine(Coarse, Fine),
        new Schedule.Polynomial(Coarse, Fine, 2),
    ];

    [Fact]
    public void A_small_constant_step_leaves_chains_between_the_modes() =>
        OnRing(new Schedule.Constant(Fine)).OffMode.ShouldBeGreaterThan(0.4);

    [Fact]
    public void A_large_constant_step_blurs_the_modes() =>
        OnRing(new Schedule.Constant(Coarse)).Spread.ShouldBeGreaterThan(1.3);

    [Theory]
    [MemberData(nameof(Falling))]
    public void A_falling_step_finds_the_modes_and_their_width(Schedule schedule)
    {
        var (offMode, spread) = OnRing(schedule);
        offMode.ShouldBeLessThan(0.01);
        spread.ShouldBeInRange(0.95, 1.07);
    }

    [Fact]
    public void The_error_of_annealed_importance_sampling_shrinks_with_its_levels()
    {
        using var model = MixtureEnergy.Ring(radius: 2, deviation: 0.3);
        var exact = PlaneDensity.Of(model, new Box(-4, 4)).LogZ;
        exact.ShouldBe(Math.Log(8 * 2 * Math.PI * 0.09), 1e-5);

        double[] Errors(int levels, int runs) =>
        [
            .. Enumerable.Range(1, runs).Select(update => Math.Abs(
                Annealed(levels).Run(model, [500, 2], Random, (uint)update).LogZ - exact)),
        ];
        var (few, more, most) = (Errors(10, 6), Errors(100, 6), Errors(500, 2));
        more.Average().ShouldBeLessThan(0.6 * few.Average());
        most.ShouldAllBe(error => error < 0.06);
    }

    [Fact]
    public void More_levels_waste_fewer_chains()
    {
        using var model = MixtureEnergy.Ring(radius: 2, deviation: 0.3);
        var few = Annealed(10).Run(model, [500, 2], Random, 1);
        var more = Annealed(100).Run(model, [500, 2], Random, 1);
        more.EffectiveSampleSize.ShouldBeInRange(few.EffectiveSampleSize + 1, 500);
        more.Acceptance.ShouldBeInRange(0.5, 1);
    }

    // Equal weights of n chains count as n, one that carries all as 1.
    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(0, -800, 1)]
    public void The_effective_number_of_chains_is_that_of_their_weights(
        double first, double second, double n) =>
        AnnealedEstimate.Of(0, [first, second], 1).EffectiveSampleSize.ShouldBe(n, 1e-9);

    [Fact]
    public void Replicas_carry_chains_over_a_barrier_that_stops_MALA()
    {
        using var model = new MixtureEnergy([(-3, 0, 0.3), (3, 0, 0.7)], deviation: 0.5);
        using var stuck = Left(400);
        var mala = new HamiltonianSampler(new(0.4, LeapfrogSteps: 1, Trajectories: 800), Box.Unbounded);
        mala.Run(model, stuck, Random, update: 1);
        RightMass(stuck).ShouldBeLessThan(0.02);

        using var free = Left(400);
        var exchange = new ReplicaExchange(ReplicaExchange.Ladder(5, 16), 0.4, 800, Box.Unbounded);
        exchange.Run(model, free, Random, update: 1);
        RightMass(free).ShouldBeInRange(0.62, 0.78);
        exchange.SwapRate.ShouldBeInRange(0.3, 0.8);
    }

    [Fact]
    public void A_ladder_of_temperatures_has_equal_ratios_from_one() =>
        ReplicaExchange.Ladder(5, 16).ShouldBe([1, 2, 4, 8, 16], 1e-12);

    private static AnnealedImportance Annealed(int levels) =>
        new(new AnnealingStart.Gaussian(2), levels, new HamiltonianSettings(0.3, LeapfrogSteps: 1, Trajectories: 1));

    // Off a mode: further than four deviations from the nearest. The spread is in units of the true one.
    private static (double OffMode, double Spread) OnRing(Schedule schedule)
    {
        using var model = MixtureEnergy.Ring(radius: 2, deviation: 0.1);
        using var chains = zeros(4_000, 2);
        Random.FillUniform(chains.Floats(), -4, 4, 0, 0, 0);
        var parameters = new SamplerParameters
        {
            Form = LangevinForm.Textbook,
            Steps = 50,
            StepSize = schedule,
        };
        new LangevinSampler(parameters, new Box(-4, 4)).Run(model, chains, Random, update: 1);
        var distances = chains.Floats().ToArray().Chunk(2)
            .Select(point => model.Modes.Min(m => Math.Pow(point[0] - m.X, 2) + Math.Pow(point[1] - m.Y, 2)))
            .ToList();
        var near = distances.Where(square => square < 0.16).ToList();
        return (1 - (near.Count / 4_000.0), Math.Sqrt(near.Average() / 2) / 0.1);
    }

    private static Tensor Left(int count)
    {
        var chains = zeros(count, 2);
        for (var i = 0; i < count; i++)
        {
            chains.Floats()[2 * i] = -3;
        }

        return chains;
    }

    private static double RightMass(Tensor chains) =>
        chains.Floats().ToArray().Chunk(2).Average(point => point[0] > 0 ? 1.0 : 0.0);
}
