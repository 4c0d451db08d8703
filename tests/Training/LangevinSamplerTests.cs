using Shared.Experiments;
using Tests.Torch;
using TorchSharp;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class LangevinSamplerTests
{
    private static readonly RandomStream Noise = new(11);

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.6, 1)]
    [InlineData(1.0, 1)]
    [InlineData(0.3, 0.5)]
    public void The_textbook_chain_has_its_exact_stationary_variance(double epsilon, double deviation)
    {
        var sampler = new LangevinSampler(Textbook(epsilon, steps: 100), Box.Unbounded);
        var squared = deviation * deviation;
        var exact = squared / (1 - (epsilon * epsilon / (4 * squared)));
        Variance(sampler, deviation).ShouldBe(exact, tolerance: 0.02 * exact);
    }

    [Theory]
    [InlineData(0.5, 0.05, 50)]
    [InlineData(0.1, 0.01, 200)]
    [InlineData(1, 0.01, 20)]
    public void The_decoupled_chain_with_noise_last_has_its_exact_stationary_variance(
        double alpha, double sigma, int steps)
    {
        var sampler = new LangevinSampler(Decoupled(alpha, sigma, steps), Box.Unbounded);
        var exact = sigma * sigma / (1 - ((1 - alpha) * (1 - alpha)));
        Variance(sampler, deviation: 1).ShouldBe(exact, tolerance: 0.03 * exact);
    }

    [Fact]
    public void Beyond_its_stability_limit_the_chain_runs_away()
    {
        var sampler = new LangevinSampler(Textbook(2.5, steps: 60), Box.Unbounded);
        Variance(sampler, deviation: 1).ShouldBeGreaterThan(1e6);
    }

    [Fact]
    public void Every_step_is_clamped_to_the_box()
    {
        var sampler = new LangevinSampler(Textbook(2.5, steps: 60), new Box(-1, 1));
        using var chains = ones(100, 4);
        using var model = new GaussianEnergy();
        sampler.Run(model, chains, Noise, update: 1);
        chains.Floats().ToArray().ShouldAllBe(x => Math.Abs(x) <= 1);
        chains.Floats().ToArray().Select(Math.Abs).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void The_drift_of_an_entry_is_at_most_step_size_times_clip()
    {
        var clipped = Decoupled(alpha: 10, sigma: 0, steps: 1) with { ValueClip = 0.03 };
        using var chains = tensor([0.5f, -0.5f, 0.001f, 0f]).reshape(1, 4);
        using var model = new GaussianEnergy();
        new LangevinSampler(clipped, Box.Unbounded).Run(model, chains, Noise, update: 1);
        chains.Floats().ToArray().ShouldBe([0.2f, -0.2f, -0.009f, 0f], 1e-6);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(19)]
    public void Vectors_and_the_rest_of_a_sample_take_the_same_step(int length)
    {
        var (x, gradient, normals) = (new float[length], new float[length], new float[length]);
        Noise.FillNormal(gradient, 1, 1, 1);
        Noise.FillNormal(normals, 2, 2, 2);
        Noise.FillNormal(x, 3, 3, 3);
        var expected = x.Select((value, i) => Math.Clamp(
            value - (0.5 * Math.Clamp(gradient[i], -0.8f, 0.8f)) + (0.25 * normals[i]), -1, 1)).ToArray();
        new LangevinStep(0.5, 0.25, 0.8, Box.Images).Apply(x, gradient, normals);
        x.Select(value => (double)value).ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        var x = Enumerable.Repeat(0.5f, 11).ToArray();
        var gradient = Enumerable.Repeat(float.NaN, 11).ToArray();
        new LangevinStep(1, 0, 0.03, Box.Images).Apply(x, gradient, new float[11]);
        x.ShouldAllBe(value => float.IsNaN(value));
    }

    [Fact]
    public void A_schedule_sets_drift_and_noise_of_each_step()
    {
        var falling = new Schedule.Geometric(0.4, 0.1);
        var textbook = new LangevinSampler(Textbook(1, steps: 3) with { StepSize = falling }, Box.Unbounded);
        textbook.StepAt(0).ShouldBe(new LangevinStep(0.4 * 0.4 / 2, 0.4, null, Box.Unbounded));
        textbook.StepAt(2).Drift.ShouldBe(0.005, 1e-12);
        textbook.StepAt(2).Noise.ShouldBe(0.1, 1e-12);

        var decoupled = new LangevinSampler(
            Decoupled(1, 0.01, steps: 3) with { StepSize = falling }, Box.Unbounded);
        decoupled.StepAt(1).Drift.ShouldBe(0.2, 1e-12);
        decoupled.StepAt(1).Noise.ShouldBe(0.01);

        var annealed = new LangevinSampler(
            Decoupled(1, 0, steps: 4) with { Noise = new Schedule.Linear(0.4, 0, ScheduleEnds.Right) },
            Box.Unbounded);
        annealed.StepAt(0).Noise.ShouldBe(0.3, 1e-12);
        annealed.StepAt(3).ShouldBe(new LangevinStep(1, 0, null, Box.Unbounded));
    }

    [Fact]
    public void Parameters_are_frozen_meanwhile_and_every_flag_is_left_as_it_was()
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 4));
        model.Parameters[1].requires_grad = false;
        using (new FrozenParameters(model.Parameters))
        {
            model.Parameters.ShouldAllBe(parameter => !parameter.requires_grad);
        }

        using var chains = zeros(3, 2);
        new LangevinSampler(Textbook(0.1, steps: 2), Box.Unbounded).Run(model, chains, Noise, update: 1);
        model.Parameters.Select(parameter => parameter.requires_grad)
            .ShouldBe([true, false, true, true, true, true]);
        model.Parameters.ShouldAllBe(parameter => ReferenceEquals(parameter.Gradient(), null));
        chains.requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void A_chain_does_not_depend_on_the_others_in_its_batch()
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 4));
        InitialWeights.Draw(model.Parameters, new RandomStream(3));
        var sampler = new LangevinSampler(Textbook(0.3, steps: 10), Box.Unbounded);
        using var all = zeros(6, 2);
        using var last = zeros(2, 2);
        sampler.Run(model, all, Noise, update: 1);
        sampler.Run(model, last, Noise, update: 1, firstChain: 4);
        last.Floats().ToArray().ShouldBe(all.Floats()[8..].ToArray(), 1e-6);
    }

    [Fact]
    public void Native_handles_do_not_grow_with_the_chain()
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 4));
        using var chains = zeros(3, 2);
        var before = NativeHandles.Live;
        new LangevinSampler(Textbook(0.1, steps: 50), Box.Unbounded).Run(model, chains, Noise, update: 1);
        NativeHandles.Live.ShouldBe(before);
    }

    private static double Variance(LangevinSampler sampler, double deviation)
    {
        using var chains = zeros(10_000, 4);
        using var model = new GaussianEnergy(deviation);
        sampler.Run(model, chains, Noise, update: 1);
        return chains.Floats().ToArray().Average(x => (double)x * x);
    }

    private static SamplerParameters Textbook(double epsilon, int steps) =>
        new() { Form = LangevinForm.Textbook, Steps = steps, StepSize = new Schedule.Constant(epsilon) };

    private static SamplerParameters Decoupled(double alpha, double sigma, int steps) => new()
    {
        Form = LangevinForm.Decoupled,
        Steps = steps,
        StepSize = new Schedule.Constant(alpha),
        Noise = new Schedule.Constant(sigma),
    };
}
