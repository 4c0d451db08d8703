using Tests.Torch;
using TorchSharp.Modules;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class HamiltonianSamplerTests
{
    private static readonly RandomStream Random = new(17);

    // A full kick after the last drift leaves a variance of .685 and an acceptance of .854 here.
    [Fact]
    public void The_last_kick_of_a_trajectory_is_a_half_one()
    {
        using var chains = Normal(20_000, deviation: 1);
        var trace = Run(new(StepSize: 0.25, LeapfrogSteps: 10, Trajectories: 10), 1, chains);
        Variance(chains).ShouldBe(1, 0.04);
        trace.Acceptance!.Value.ShouldBeGreaterThan(0.99);
    }

    [Theory]
    [InlineData(1, 0.9, 0.7, 1)]
    [InlineData(1, 0.5, 1, 4)]
    [InlineData(5, 0.6, 0.7, 1)]
    [InlineData(5, 0.6, 1, 0.25)]
    public void A_Gaussian_at_its_temperature_stays_what_it_is(
        int leapfrogSteps, double stepSize, double deviation, double temperature)
    {
        var exact = temperature * deviation * deviation;
        using var chains = Normal(20_000, Math.Sqrt(exact));
        var settings = new HamiltonianSettings(stepSize, leapfrogSteps, Trajectories: 20, temperature);
        var trace = Run(settings, deviation, chains);
        Variance(chains).ShouldBe(exact, 0.04 * exact);
        trace.Acceptance!.Value.ShouldBeInRange(0.5, 0.999);
        chains.Floats().ToArray().Average(x => (double)x).ShouldBe(0, 0.03 * Math.Sqrt(exact));
    }

    [Fact]
    public void Chains_find_a_Gaussian_from_far_away()
    {
        using var chains = full([5_000, 1], 4f);
        Run(new(StepSize: 0.15, LeapfrogSteps: 5, Trajectories: 40), 0.5, chains);
        Variance(chains).ShouldBe(0.25, 0.02);
    }

    // x* = x − (ε²/2)·∇E(x)/τ + ε·η, taken by the ratio of the two Gaussian proposals and the energies.
    [Fact]
    public void One_leapfrog_step_is_the_textbooks_MALA()
    {
        const double epsilon = 0.9;
        const double tau = 2;
        const double square = 0.49;
        using var chains = Normal(400, deviation: 1);
        var before = chains.Floats().ToArray();
        var sampler = new HamiltonianSampler(new(epsilon, 1, 1, tau), Box.Unbounded);
        sampler.Name.ShouldBe("mala");
        using var model = new GaussianEnergy(Math.Sqrt(square));
        var trace = sampler.Run(model, chains, Random, update: 3, firstChain: 5);

        var taken = 0;
        for (var i = 0; i < before.Length; i++)
        {
            double x = before[i];
            var normal = new float[1];
            Random.FillNormal(normal, (uint)(5 + i), 3, 0);
            var drift = epsilon * epsilon / 2 / tau / square;
            var proposal = x - (drift * x) + (epsilon * normal[0]);
            var there = Math.Pow(proposal - x + (drift * x), 2);
            var back = Math.Pow(x - proposal + (drift * proposal), 2);
            var ratio = (((x * x) - (proposal * proposal)) / (2 * square) / tau)
                - ((back - there) / (2 * epsilon * epsilon));
            var isTaken = Math.Log(Random.Unit((uint)(5 + i), 3, 1)) < ratio;
            taken += isTaken ? 1 : 0;
            ((double)chains.Floats()[i]).ShouldBe(isTaken ? proposal : x, 1e-5);
        }

        trace.Acceptance.ShouldBe(taken / 400.0);
        taken.ShouldBeInRange(200, 390);
    }

    [Fact]
    public void Acceptance_does_not_depend_on_how_many_chains_there_are()
    {
        double Acceptance(int chainCount, int trajectories)
        {
            using var chains = zeros(chainCount, 8);
            return Run(new(StepSize: 0.5, LeapfrogSteps: 5, trajectories), 1, chains).Acceptance!.Value;
        }

        var alone = Acceptance(chainCount: 1, trajectories: 1_500);
        Acceptance(chainCount: 256, trajectories: 20).ShouldBe(alone, 0.03);
        alone.ShouldBeInRange(0.9, 0.98);
    }

    [Fact]
    public void A_gradient_is_taken_once_for_a_state()
    {
        using var chains = Normal(10, deviation: 1);
        using var model = new CountingEnergy();
        var sampler = new HamiltonianSampler(new(0.2, LeapfrogSteps: 4, Trajectories: 3), Box.Unbounded);
        sampler.Name.ShouldBe("hmc");
        sampler.Run(model, chains, Random, update: 1).GradientEvaluations.ShouldBe(10 * 13);
        model.Calls.ShouldBe(13);
    }

    // A normal of deviation .3 within ± .5 has the variance .09·(1 − 2a·φ(a)/(2Φ(a) − 1)), a = 5/3.
    [Fact]
    public void Chains_that_bounce_off_the_box_sample_the_density_within_it()
    {
        using var chains = zeros(20_000, 1);
        using var model = new GaussianEnergy(0.3);
        var box = new Box(-0.5, 0.5);
        new HamiltonianSampler(new(0.15, 5, 15), box).Run(model, chains, Random, update: 1);
        chains.Floats().ToArray().ShouldAllBe(x => Math.Abs(x) <= 0.5f);
        Variance(chains).ShouldBe(0.0570, 0.002);
    }

    [Theory]
    [InlineData(0.3f, 0.3f, false)]
    [InlineData(1.5f, 0.5f, true)]
    [InlineData(-1.25f, -0.75f, true)]
    [InlineData(3.5f, -0.5f, false)]
    [InlineData(-6f, 0f, true)]
    public void A_point_bounces_off_the_ends_of_the_box(float point, float place, bool isTurned)
    {
        var (value, turned) = Box.Images.Reflect(point);
        value.ShouldBe(place, 1e-6);
        turned.ShouldBe(isTurned);
    }

    [Fact]
    public void No_chain_goes_where_the_energy_is_no_number()
    {
        using var chains = zeros(500, 1);
        using var model = new CountingEnergy { Limit = 1 };
        var sampler = new HamiltonianSampler(new(1.5, LeapfrogSteps: 1, Trajectories: 20), Box.Unbounded);
        sampler.Run(model, chains, Random, update: 1).Acceptance!.Value.ShouldBeInRange(0.05, 0.9);
        chains.Floats().ToArray().ShouldAllBe(x => Math.Abs(x) <= 1);
    }

    [Fact]
    public void Native_handles_do_not_grow_with_the_chain()
    {
        using var chains = zeros(3, 2);
        var before = NativeHandles.Live;
        Run(new(0.1, 3, 20), 1, chains);
        NativeHandles.Live.ShouldBe(before);
    }

    private static ChainTrace Run(HamiltonianSettings settings, double deviation, Tensor chains)
    {
        using var model = new GaussianEnergy(deviation);
        return new HamiltonianSampler(settings, Box.Unbounded).Run(model, chains, Random, update: 1);
    }

    private static Tensor Normal(int count, double deviation)
    {
        var normals = new float[count];
        new RandomStream(5).FillNormal(normals, 0, 0, 0);
        return tensor(normals.Select(x => (float)(deviation * x)).ToArray()).reshape(count, 1);
    }

    private static double Variance(Tensor chains) => chains.Floats().ToArray().Average(x => (double)x * x);

    /// <summary>|x|²/2 that counts its calls, and is no number beyond a limit.</summary>
    private sealed class CountingEnergy : IEnergyModel
    {
        public int Calls { get; private set; }

        public double Limit { get; init; } = 1e9;

        public IReadOnlyList<Parameter> Parameters => [];

        public IReadOnlyList<Layer> Layers => [];

        public Tensor Energy(Tensor x)
        {
            Calls++;
            return ((x.square() * 0.5) + (((Limit * Limit) - x.square()).sqrt() * 0)).sum(1);
        }

        public void Dispose()
        {
        }
    }
}
