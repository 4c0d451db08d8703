using Shared.Experiments;
using Tests.Torch;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

// The energy is |x|²/2 throughout, so that a step without noise multiplies x by 1 − α.
[Collection(nameof(TorchCollection))]
public sealed class LangevinOptionTests
{
    private static readonly RandomStream Noise = new(11);

    [Theory]
    [InlineData(0.5, 0.05, 50)]
    [InlineData(0.1, 0.01, 200)]
    public void With_noise_first_the_variance_is_smaller_by_the_square_of_the_drift_factor(
        double alpha, double sigma, int steps)
    {
        var parameters = Decoupled(alpha, sigma, steps) with { Order = NoiseOrder.NoiseFirst };
        var factor = (1 - alpha) * (1 - alpha);
        var exact = factor * sigma * sigma / (1 - factor);
        using var chains = zeros(10_000, 4);
        Run(parameters, Box.Unbounded, chains);
        chains.Floats().ToArray().Average(x => (double)x * x).ShouldBe(exact, tolerance: 0.03 * exact);
    }

    [Theory]
    [InlineData(NoiseOrder.NoiseFirst)]
    [InlineData(NoiseOrder.NoiseLast)]
    public void A_step_does_what_its_order_says(NoiseOrder order)
    {
        var normals = new float[11];
        Noise.FillNormal(normals, 0, 1, 0);
        double Expected(double x, double n) => order is NoiseOrder.NoiseFirst
            ? Math.Clamp(0.75 * Math.Clamp(x + (0.5 * n), -1, 1), -1, 1)
            : Math.Clamp((0.75 * x) + (0.5 * n), -1, 1);

        using var chains = full([1, 11], 0.8f);
        Run(Decoupled(0.25, 0.5, 1) with { Order = order }, Box.Images, chains);
        chains.Floats().ToArray().Select(x => (double)x)
            .ShouldBe(normals.Select(n => Expected(0.8, n)), 1e-6);
    }

    [Fact]
    public void A_gradient_is_scaled_down_to_its_norm_clip_and_a_shorter_one_is_left_alone()
    {
        using var chains = tensor([3f, 4f, 0.3f, 0.4f]).reshape(2, 2);
        var trace = Run(Decoupled(1, 0, 1) with { NormClip = 1 }, Box.Unbounded, chains);
        chains.Floats().ToArray().ShouldBe([2.4f, 3.2f, 0, 0], 1e-6);
        trace.ClippedShare.ShouldBe(0.5);
        trace.GradientNorm.ShouldBe(2.75, 1e-6);
    }

    // From .9 the first step goes to −1.35, out of the box, and the second halves what it finds.
    [Theory]
    [InlineData(BoundaryRule.EveryStep, -0.5f)]
    [InlineData(BoundaryRule.AtEnd, -0.675f)]
    [InlineData(BoundaryRule.Never, -0.675f)]
    [InlineData(BoundaryRule.Reject, 0.45f)]
    public void What_happens_at_the_box_on_the_way(BoundaryRule boundary, float expected)
    {
        var parameters = Decoupled(1, 0, 2) with { StepSize = new Schedule.Linear(2.5, 0.5) };
        using var chains = full([1, 9], 0.9f);
        Run(parameters with { Boundary = boundary }, Box.Images, chains);
        chains.Floats().ToArray().ShouldBe(Enumerable.Repeat(expected, 9), 1e-6);
    }

    [Theory]
    [InlineData(BoundaryRule.EveryStep, -1f, 1)]
    [InlineData(BoundaryRule.AtEnd, -1f, 1)]
    [InlineData(BoundaryRule.Never, -1.35f, 1)]
    [InlineData(BoundaryRule.Reject, 0.9f, 0)]
    public void What_happens_at_the_box_at_the_end(BoundaryRule boundary, float expected, double saturation)
    {
        using var chains = full([1, 9], 0.9f);
        var trace = Run(Decoupled(2.5, 0, 1) with { Boundary = boundary }, Box.Images, chains);
        chains.Floats().ToArray().ShouldBe(Enumerable.Repeat(expected, 9), 1e-6);
        trace.Saturation.ShouldBe(saturation);
    }

    [Fact]
    public void A_chain_stays_where_it_was_when_one_coordinate_would_leave_the_box()
    {
        using var chains = tensor([0.9f, 0.1f, 0.5f, 0.1f]).reshape(2, 2);
        var trace = Run(Decoupled(2.5, 0, 1) with { Boundary = BoundaryRule.Reject }, Box.Images, chains);
        chains.Floats().ToArray().ShouldBe([0.9f, 0.1f, -0.75f, -0.15f], 1e-6);
        trace.Acceptance.ShouldBe(0.5);
        trace.Steps[0].SaturatedShare.ShouldBe(0);
    }

    [Fact]
    public void A_refused_step_takes_back_its_noise_too()
    {
        var parameters = Decoupled(0.01, 0.5, 1) with
        {
            Order = NoiseOrder.NoiseFirst,
            Boundary = BoundaryRule.Reject,
        };
        using var chains = full([1_000, 1], 0.9f);
        var trace = Run(parameters, Box.Images, chains);
        var stayed = chains.Floats().ToArray().Count(x => x.Equals(0.9f));
        trace.Acceptance!.Value.ShouldBe(1 - (stayed / 1_000.0), 1e-9);
        stayed.ShouldBeInRange(350, 500);
    }

    [Fact]
    public void The_final_step_drifts_by_the_last_size_and_makes_no_noise()
    {
        var parameters = Decoupled(1, 0.5, 2) with { StepSize = new Schedule.Linear(0.5, 0.25) };
        using var chains = full([3, 5], 2f);
        using var usual = full([3, 5], 2f);
        var trace = Run(parameters with { FinalNoiseFreeStep = true }, Box.Unbounded, chains);
        Run(parameters, Box.Unbounded, usual);
        chains.Floats().ToArray().ShouldBe(usual.Floats().ToArray().Select(x => 0.75f * x), 1e-6);
        trace.GradientEvaluations.ShouldBe(9);
        trace.Steps.Count.ShouldBe(3);
    }

    [Fact]
    public void The_trace_says_what_a_hand_computes()
    {
        var parameters = Decoupled(0.5, 0, 2) with { ValueClip = 2 };
        using var chains = tensor([3f, 4f, 0.6f, 0.8f]).reshape(2, 2);
        var trace = Run(parameters, new Box(-2.5, 2.5), chains);

        // First (3, 4) → (2, 3 → 2.5) and (.6, .8) → (.3, .4), then (1, 1.5) and (.15, .2).
        chains.Floats().ToArray().ShouldBe([1f, 1.5f, 0.15f, 0.2f], 1e-6);
        trace.Steps[0].Energy.ShouldBe((12.5 + 0.5) / 2, 1e-6);
        trace.Steps[0].GradientNorm.ShouldBe((5 + 1) / 2.0, 1e-6);
        trace.Steps[0].ClippedShare.ShouldBe(0.5);
        trace.Steps[0].SaturatedShare.ShouldBe(0.25);
        trace.Steps[1].Energy.ShouldBe((5.125 + 0.125) / 2, 1e-6);
        trace.Steps[1].ClippedShare.ShouldBe(0.25);
        trace.Steps[1].SaturatedShare.ShouldBe(0);
        trace.ClippedShare.ShouldBe(0.375);
        trace.Displacement.ShouldBe((Math.Sqrt(4 + 6.25) + 0.75) / 2, 1e-6);
        trace.Saturation.ShouldBe(0);
        trace.GradientEvaluations.ShouldBe(4);
        trace.Acceptance.ShouldBeNull();
    }

    [Fact]
    public void With_noise_first_the_trace_holds_the_energy_after_the_noise()
    {
        var normals = new float[3];
        Noise.FillNormal(normals, 0, 1, 0);
        using var chains = zeros(1, 3);
        var trace = Run(Decoupled(0.1, 2, 1) with { Order = NoiseOrder.NoiseFirst }, Box.Unbounded, chains);
        trace.Steps[0].Energy.ShouldBe(normals.Sum(n => 2.0 * n * n), 1e-5);
    }

    [Fact]
    public void Vectors_and_the_rest_of_a_sample_count_alike()
    {
        var gradient = Enumerable.Range(0, 19).Select(i => i % 3 == 0 ? -2f : 0.5f).ToArray();
        var x = Enumerable.Range(0, 19).Select(i => i % 6 == 0 ? 0.9f : 0.1f).ToArray();
        var counts = new LangevinStep(0.25, 0, 1, Box.Images).Apply(x, gradient, new float[19]);
        counts.Clipped.ShouldBe(7);
        counts.Saturated.ShouldBe(4);
        counts.GradientNorm.ShouldBe(Math.Sqrt((7 * 4) + (12 * 0.25)), 1e-6);
    }

    private static ChainTrace Run(SamplerParameters parameters, Box box, Tensor chains)
    {
        using var model = new GaussianEnergy();
        return new LangevinSampler(parameters, box).Run(model, chains, Noise, update: 1);
    }

    private static SamplerParameters Decoupled(double alpha, double sigma, int steps) => new()
    {
        Form = LangevinForm.Decoupled,
        Steps = steps,
        StepSize = new Schedule.Constant(alpha),
        Noise = new Schedule.Constant(sigma),
    };
}
