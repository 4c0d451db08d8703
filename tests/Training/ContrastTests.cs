using Shared.Experiments;
using Tests.Torch;
using TorchSharp;
using Training.Models;
using Training.Objectives;
using Training.Randomness;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Every part of a loss against its formula, written out or by differences.</summary>
[Collection(nameof(TorchCollection))]
public sealed class ContrastTests
{
    // E⁺ = ½, 2 and E⁻ = 4, 0.
    private static readonly float[] Positives = [1, 0, 0, 2];
    private static readonly float[] Negatives = [2, 2, 0, 0];

    [Fact]
    public void The_hinge_leaves_alone_what_is_beyond_its_margins()
    {
        var objective = new EnergyObjectiveParameters
        {
            Contrast = Contrast.Hinge,
            MarginData = 1.5,
            MarginSamples = 3,
        };
        var terms = TermsOf(objective);

        // max(0, ½ − 1½) = 0, max(0, 2 − 1½) = ½; max(0, 3 − 4) = 0, max(0, 3 − 0) = 3.
        terms.Contrastive.ShouldBe((0.5 / 2) + (3.0 / 2), 1e-6);
        terms.Value.ShouldBe(terms.Contrastive);
        terms.Gap.ShouldBe(0.75, "the gap is the same whatever the contrast");
    }

    [Fact]
    public void The_softplus_sets_each_positive_against_the_negative_of_its_row()
    {
        var terms = TermsOf(new EnergyObjectiveParameters { Contrast = Contrast.Softplus });
        var expected = (Math.Log(1 + Math.Exp(0.5 - 4)) + Math.Log(1 + Math.Exp(2 - 0))) / 2;
        terms.Contrastive.ShouldBe(expected, 1e-6);
        terms.Value.ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void The_energy_weight_scales_the_contrast_and_nothing_else()
    {
        var terms = TermsOf(new EnergyObjectiveParameters { EnergyWeight = 3, EnergyL2 = 0.1 });
        terms.Contrastive.ShouldBe(-0.75, 1e-6);
        terms.Value.ShouldBe((3 * -0.75) + (0.1 * 10.125), 1e-5);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0.5)]
    public void The_class_weight_scales_the_cross_entropy_and_nothing_else(
        double classWeight, double energyWeight)
    {
        using var scope = NewDisposeScope();
        using var model = new TwoHeadModel(Trunk.Dense(2, 8), classes: 3);
        InitialWeights.Draw(model.Parameters, new RandomStream(5));
        var parameters = new JointObjectiveParameters
        {
            ClassWeight = classWeight,
            EnergyWeight = energyWeight,
        };
        var loss = new JointLoss(model, parameters)
            .Of(ones(4, 2), tensor([0L, 1L, 2L, 1L]), zeros(4, 2));
        var terms = loss.Terms;
        terms.Value.ShouldBe((classWeight * terms.Class!.Value) - (energyWeight * terms.Gap), 1e-5);
        loss.Total.item<float>().ShouldBe((float)terms.Value);
    }

    [Fact]
    public void The_gradient_penalty_is_the_mean_squared_gradient_by_x_of_the_positives()
    {
        // ∇E = x, so |∇E|² = 1 and 4.
        var terms = TermsOf(new EnergyObjectiveParameters { GradientPenalty = 0.5 });
        terms.GradientPenalty.ShouldBe(2.5);
        terms.Value.ShouldBe(-0.75 + (0.5 * 2.5), 1e-6);
        TermsOf(new EnergyObjectiveParameters()).GradientPenalty.ShouldBeNull();
    }

    [Fact]
    public void The_gradient_of_the_gradient_penalty_agrees_with_differences_of_differences()
    {
        using var scope = NewDisposeScope();
        using var model = new ScalarEnergy(Trunk.Dense(2, 8));
        InitialWeights.Draw(model.Parameters, new RandomStream(6));
        Enlarge(model);
        var parameters = new EnergyObjectiveParameters { EnergyWeight = 0, GradientPenalty = 1 };
        var x = tensor(Positives).reshape(2, 2);
        new ContrastiveLoss(model, parameters).Of(x, zeros(2, int64), zeros(2, 2)).Total.backward();
        var largest = 0.0;
        foreach (var weight in model.Parameters.Where(parameter => parameter.shape.Length > 1))
        {
            var expected = Difference(
                shift =>
                {
                    weight.Floats()[1] += (float)shift;
                    var penalty = PenaltyByDifferences(model);
                    weight.Floats()[1] -= (float)shift;
                    return penalty;
                },
                0.05);
            double actual = weight.Gradient()!.Floats()[1];
            actual.ShouldBe(expected, 0.002 + (0.02 * Math.Abs(expected)));
            largest = Math.Max(largest, Math.Abs(actual));
        }

        largest.ShouldBeGreaterThan(0.05, "or the error of the differences would hide everything");
    }

    private static void Enlarge(ScalarEnergy model)
    {
        foreach (var parameter in model.Parameters)
        {
            foreach (ref var weight in parameter.Floats())
            {
                weight *= 3;
            }
        }
    }

    private static double PenaltyByDifferences(ScalarEnergy model)
    {
        var sum = 0.0;
        for (var i = 0; i < Positives.Length; i++)
        {
            var slope = Difference(shift => EnergyAt(model, i, (float)shift), 0.02);
            sum += slope * slope;
        }

        return sum / 2;
    }

    private static double EnergyAt(ScalarEnergy model, int moved, float shift)
    {
        using var scope = NewDisposeScope();
        using var gradientFree = no_grad();
        var row = Positives[(moved / 2 * 2)..][..2];
        row[moved % 2] += shift;
        return model.Energy(tensor(row).reshape(1, 2)).item<float>();
    }

    private static double Difference(Func<double, double> function, double width) =>
        (function(width) - function(-width)) / (2 * width);

    private static LossTerms TermsOf(EnergyObjectiveParameters parameters)
    {
        using var scope = NewDisposeScope();
        using var model = new GaussianEnergy();
        return new ContrastiveLoss(model, parameters)
            .Of(tensor(Positives).reshape(2, 2), zeros(2, int64), tensor(Negatives).reshape(2, 2))
            .Terms;
    }
}
