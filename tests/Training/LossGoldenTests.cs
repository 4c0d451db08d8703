using Shared.Experiments;
using Tests.Torch;
using TorchSharp;
using Training.Models;
using Training.Objectives;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Losses with every part switched on, and their gradients, against PyTorch.</summary>
[Collection(nameof(TorchCollection))]
public sealed class LossGoldenTests
{
    private const int Classes = 3;

    [Theory]
    [InlineData("jem", Contrast.Difference, Activation.Silu)]
    [InlineData("jem", Contrast.Hinge, Activation.Silu)]
    [InlineData("jem", Contrast.Softplus, Activation.Silu)]
    [InlineData("jem", Contrast.Difference, Activation.Elu)]
    [InlineData("jem", Contrast.Difference, Activation.LeakyRelu)]
    [InlineData("jem", Contrast.Difference, Activation.Relu)]
    [InlineData("two_head", Contrast.Difference, Activation.Silu)]
    public void The_joint_loss_and_its_gradients_match_PyTorch(
        string kind, Contrast contrast, Activation activation)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case($"loss_{kind}_{Snake(contrast)}_{Snake(activation)}");
        var trunk = Trunk.Dense(2, 4, activation);
        using IJointModel model = kind == "jem"
            ? new JemModel(trunk, Classes)
            : new TwoHeadModel(trunk, Classes);
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            golden[$"p{i}"].Floats().CopyTo(model.Parameters[i].Floats());
        }

        var loss = new JointLoss(model, Parameters(contrast))
            .Of(golden["positives"], tensor(golden.Whole("labels")), golden["negatives"]);
        golden.Matches("total", loss.Total);
        loss.Terms.Value.ShouldBe(golden["total"].item<float>(), 1e-5);
        loss.Terms.Contrastive.ShouldBe(golden["contrast"].item<float>(), 1e-5);
        loss.Terms.GradientPenalty!.Value.ShouldBe(golden["penalty"].item<float>(), 1e-5);
        loss.Terms.Class!.Value.ShouldBe(golden["cross_entropy"].item<float>(), 1e-5);
        loss.Total.backward();
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            golden.Matches($"grad_p{i}", model.Parameters[i].Gradient()!);
        }
    }

    [Fact]
    public void The_learning_rate_of_each_update_is_that_of_PyTorch_s_scheduler()
    {
        var training = new PointTrainingParameters
        {
            LearningRate = 0.1,
            LearningRateDecay = LearningRateDecay.Step,
            DecayEvery = 3,
            DecayFactor = 0.97,
        };
        var rates = TorchGolden.Case("step_lr")["rates"].Floats().ToArray();
        for (var update = 1; update <= rates.Length; update++)
        {
            training.LearningRateAt(update).ShouldBe(rates[update - 1], 1e-8, $"update {update}");
        }
    }

    private static JointObjectiveParameters Parameters(Contrast contrast) => new()
    {
        Contrast = contrast,
        MarginData = -1.5,
        MarginSamples = -0.5,
        EnergyWeight = 0.7,
        EnergyL2 = 0.1,
        GradientPenalty = 0.05,
        ClassWeight = 1.3,
    };

    private static string Snake(Enum value) => value switch
    {
        Activation.LeakyRelu => "leaky_relu",
        _ => value.ToString().ToLowerInvariant(),
    };
}
