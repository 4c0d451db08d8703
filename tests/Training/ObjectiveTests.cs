using Shared.Experiments;
using Tests.Torch;
using TorchSharp;
using Training.Models;
using Training.Objectives;
using Training.Randomness;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ObjectiveTests
{
    [Fact]
    public void The_contrastive_loss_is_the_formula()
    {
        using var scope = NewDisposeScope();
        using var model = new GaussianEnergy();
        var positives = tensor([1f, 0f, 0f, 2f]).reshape(2, 2);
        var negatives = tensor([2f, 2f, 0f, 0f]).reshape(2, 2);
        var objective = new ContrastiveLoss(model, new EnergyObjectiveParameters { EnergyL2 = 0.1 });
        var loss = objective.Of(positives, zeros(2, int64), negatives);

        // E⁺ = ½, 2 and E⁻ = 4, 0.
        loss.Terms.Data.Mean.ShouldBe(1.25);
        loss.Terms.Samples.Mean.ShouldBe(2);
        loss.Terms.Gap.ShouldBe(0.75);
        loss.Terms.EnergyL2.ShouldBe(((0.25 + 4) / 2) + 8, 1e-6);
        loss.Terms.Value.ShouldBe(-0.75 + (0.1 * 10.125), 1e-6);
        loss.Terms.Class.ShouldBeNull();
    }

    [Fact]
    public void The_joint_loss_adds_the_cross_entropy_of_the_positives_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new TwoHeadModel(Trunk.Dense(2, 8), classes: 3);
        InitialWeights.Draw(model.Parameters, new RandomStream(5));
        var (positives, negatives) = (ones(4, 2), zeros(4, 2));
        var labels = tensor([0L, 1L, 2L, 1L]);
        var loss = new JointLoss(model, new JointObjectiveParameters()).Of(positives, labels, negatives);

        var logits = model.Logits(positives).data<float>().ToArray().Chunk(3).ToList();
        var entropy = logits
            .Zip([0, 1, 2, 1], (row, y) => Math.Log(row.Sum(l => Math.Exp(l))) - row[y])
            .Average();
        loss.Terms.Class!.Value.ShouldBe(entropy, 1e-5);
        loss.Terms.Value.ShouldBe(entropy - loss.Terms.Gap, 1e-5);
    }

    [Fact]
    public void Negatives_get_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var model = new ScalarEnergy(Trunk.Dense(2, 4));
        var negatives = zeros(4, 2);
        new ContrastiveLoss(model, new EnergyObjectiveParameters { GradientPenalty = 0.1 })
            .Of(ones(4, 2), zeros(4, int64), negatives).Total.backward();
        negatives.Gradient().ShouldBeNull();
        model.Parameters.ShouldAllBe(parameter => !ReferenceEquals(parameter.Gradient(), null));
    }

    [Fact]
    public void Energies_of_both_signs_do_not_cancel()
    {
        var summary = EnergySummary.Of([-3, 3]);
        (summary.Mean, summary.MeanAbsolute, summary.MeanSquare).ShouldBe((0, 3, 9));
    }

    [Fact]
    public void The_spread_of_the_gap_looks_back_on_fifty_updates()
    {
        var window = new GapWindow();
        window.StandardDeviation().ShouldBeNull();
        window.Add(1e6);
        Enumerable.Range(1, 50).ToList().ForEach(gap => window.Add(gap));
        window.StandardDeviation().ShouldNotBeNull().ShouldBe(Math.Sqrt(212.5), 1e-9);
    }
}
