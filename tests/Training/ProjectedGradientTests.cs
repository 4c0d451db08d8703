using Tests.Torch;
using Training.Evaluation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Attacks on a classifier whose best attack is known: two logits, ±(x₀ + 2·x₁)/2.</summary>
[Collection(nameof(TorchCollection))]
public sealed class ProjectedGradientTests
{
    private static readonly ProjectedGradientAttack Attack =
        new(new Linear(), [2], Box.Images, new RandomStream(5));

    [Fact]
    public void Against_a_linear_classifier_it_ends_in_the_corner_of_the_ball()
    {
        var (attacked, margins) = Attack.Run(
            [0.3f, 0.4f], [0], new AttackSettings(0.2, 0.05, 20), restarts: 2, CancellationToken.None);

        attacked[0].ShouldBe(0.1f, 1e-6f);
        attacked[1].ShouldBe(0.2f, 1e-6f);
        margins[0].ShouldBe(-(0.1 + 0.4), 1e-6, "it is still right: every logit difference falls by ε·|w|₁");
    }

    [Fact]
    public void It_stays_in_the_box_and_turns_what_the_ball_lets_it_turn()
    {
        var (attacked, margins) = Attack.Run(
            [0.1f, 0.1f, -0.9f, -0.9f], [0, 1], new AttackSettings(2, 0.25, 20), 1, CancellationToken.None);

        attacked.ShouldBe([-1, -1, 1, 1]);
        margins.ShouldAllBe(margin => margin > 0);
    }

    [Fact]
    public void Of_several_starts_the_worst_counts_and_without_steps_only_the_start_moves()
    {
        var none = new AttackSettings(0.1, 0.01, 0);
        var once = Attack.Run([0.3f, 0.4f], [0], none, 1, CancellationToken.None);
        var often = Attack.Run([0.3f, 0.4f], [0], none, 50, CancellationToken.None);

        often.Margins[0].ShouldBeGreaterThan(once.Margins[0]);
        often.Margins[0].ShouldBe(Attack.Margins(often.Images, [0])[0]);
        Math.Abs(once.Images[0] - 0.3f).ShouldBeInRange(1e-4f, 0.1f);
    }

    private sealed class Linear : IClassifier
    {
        public Tensor Logits(Tensor x)
        {
            var half = x.mul(Weights(x.shape[0])).sum(1).reshape(x.shape[0], 1) * 0.5;
            return cat([half, -half], 1);
        }

        private static Tensor Weights(long rows)
        {
            var weights = empty([rows, 2]);
            for (var i = 0; i < weights.Floats().Length; i++)
            {
                weights.Floats()[i] = 1 + (i % 2);
            }

            return weights;
        }
    }
}
