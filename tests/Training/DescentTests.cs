using Shared.Experiments;
using Tests.Torch;
using TorchSharp;
using Training.Data;
using Training.Models;
using Training.Objectives;
using Training.Randomness;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class DescentTests
{
    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.75)]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(1_000, 1)]
    public void The_learning_rate_rises_in_a_straight_line(int update, double expected) =>
        new PointTrainingParameters { LearningRate = 1, WarmUp = 4 }.LearningRateAt(update).ShouldBe(expected);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 0.5)]
    [InlineData(6, 0.5)]
    [InlineData(7, 0.25)]
    [InlineData(10, 0.125)]
    public void The_learning_rate_falls_by_its_factor_every_so_many_updates(int update, double expected)
    {
        var decay = new PointTrainingParameters
        {
            LearningRate = 1,
            LearningRateDecay = LearningRateDecay.Step,
            DecayEvery = 3,
            DecayFactor = 0.5,
        };
        decay.LearningRateAt(update).ShouldBe(expected);
        (decay with { LearningRateDecay = LearningRateDecay.None }).LearningRateAt(update).ShouldBe(1);
    }

    [Fact]
    public void Rise_and_fall_multiply() => new PointTrainingParameters
    {
        LearningRate = 1e-2,
        WarmUp = 8,
        LearningRateDecay = LearningRateDecay.Step,
        DecayEvery = 2,
        DecayFactor = 0.1,
    }.LearningRateAt(4).ShouldBe(1e-2 * 0.5 * 0.1, 1e-12);

    [Fact]
    public void Gradient_descent_keeps_momentum_adds_the_weights_and_follows_the_learning_rate()
    {
        using var weight = nn.Parameter(tensor([2f]));
        using var descent = new Descent([weight], new PointTrainingParameters
        {
            Optimiser = Optimiser.Sgd,
            LearningRate = 0.1,
            Momentum = 0.5,
            WeightDecay = 0.25,
            WarmUp = 2,
        });
        var (expected, velocity) = (2.0, 0.0);
        for (var update = 1; update <= 4; update++)
        {
            using var scope = NewDisposeScope();
            descent.Step(update, (weight * weight).sum()).ShouldBe(2 * expected, 1e-5);
            velocity = (0.5 * velocity) + (2 * expected) + (0.25 * expected);
            expected -= (update == 1 ? 0.05 : 0.1) * velocity;
            ((double)weight.item<float>()).ShouldBe(expected, 1e-5);
        }
    }

    [Fact]
    public void Adam_corrects_its_moments_by_their_number_of_steps()
    {
        using var weight = nn.Parameter(tensor([2f]));
        using var descent = new Descent(
            [weight], new PointTrainingParameters { LearningRate = 0.1, Beta1 = 0.5, Beta2 = 0.9 });
        var (expected, mean, square) = (2.0, 0.0, 0.0);
        for (var update = 1; update <= 5; update++)
        {
            using var scope = NewDisposeScope();
            descent.Step(update, (weight * weight).sum());
            mean = (0.5 * mean) + (0.5 * 2 * expected);
            square = (0.9 * square) + (0.1 * 4 * expected * expected);
            var (unbiased, spread) =
                (mean / (1 - Math.Pow(0.5, update)), square / (1 - Math.Pow(0.9, update)));
            expected -= 0.1 * unbiased / (Math.Sqrt(spread) + 1e-8);
            ((double)weight.item<float>()).ShouldBe(expected, 1e-5, $"after update {update}");
        }
    }

    [Fact]
    public void The_length_of_the_gradient_is_told_before_it_is_cut_and_without_a_limit_too()
    {
        using var scope = NewDisposeScope();
        using var a = nn.Parameter(tensor([0f, 0f]));
        using var b = nn.Parameter(tensor([0f]));
        ((a * tensor([2f, 3f])).sum() + (b * 6).sum()).backward();
        ParameterGradient.Cut([a, b], limit: null).ShouldBe(7, 1e-6);
        a.Gradient()!.Floats().ToArray().ShouldBe([2f, 3f]);
        ParameterGradient.Cut([a, b], limit: 0.7).ShouldBe(7, 1e-6);
        ((double)b.Gradient()!.item<float>()).ShouldBe(0.6, 1e-5);
    }

    [Fact]
    public void The_average_of_weights_is_the_sum_of_powers_of_its_decay()
    {
        const double decay = 0.9;
        using var weight = nn.Parameter(tensor([3f, -1f]));
        var average = new WeightAverage([weight], decay);
        for (var update = 1; update <= 6; update++)
        {
            weight.Floats()[0] = update * update;
            average.Add();
        }

        var expected = (Math.Pow(decay, 6) * 3)
            + Enumerable.Range(1, 6).Sum(k => (1 - decay) * Math.Pow(decay, 6 - k) * k * k);
        using (average.InUse())
        {
            ((double)weight.Floats()[0]).ShouldBe(expected, 1e-5);
            ((double)weight.Floats()[1]).ShouldBe(-1, 1e-6);
        }

        weight.Floats().ToArray().ShouldBe([36f, -1f]);
    }

    [Fact]
    public void Weights_return_bit_for_bit_after_their_average_was_in_use()
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 8));
        InitialWeights.Draw(model.Parameters, new RandomStream(1));
        var average = new WeightAverage(model.Parameters, 0.99);
        InitialWeights.Draw(model.Parameters, new RandomStream(2));
        average.Add();
        var before = model.Parameters.SelectMany(parameter => parameter.Floats().ToArray()).ToList();
        using (average.InUse())
        {
            model.Parameters[0].Floats()[0].ShouldNotBe(before[0]);
        }

        model.Parameters.SelectMany(parameter => parameter.Floats().ToArray()).ShouldBe(before);
    }

    [Fact]
    public void The_first_images_are_a_set_of_their_own()
    {
        var images = new LabelledImages(1, 2, [1, 2, 3, 4, 5, 6], [7, 8, 9]);
        var first = images.First(2);
        (first.Count, first.Height, first.Width).ShouldBe((2, 1, 2));
        first.Pixels.ShouldBe([1, 2, 3, 4]);
        first.Labels.ShouldBe([7, 8]);
        images.First(4).ShouldBeSameAs(images);
    }
}
