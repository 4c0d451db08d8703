using Shared.Experiments;
using Tests.Torch;
using Training.Data;
using Training.Experiments;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>
/// Every objective learns that data are probable: a sign error would leave the loss as it is.
/// </summary>
[Collection(nameof(TorchCollection))]
public sealed class SignTests
{
    private const float Margin = 0.5f;
    private static readonly Box Plane = new(-4, 4);

    [Theory]
    [InlineData(Contrast.Difference, 0, 0)]
    [InlineData(Contrast.Hinge, 0, 0)]
    [InlineData(Contrast.Softplus, 0, 0)]
    [InlineData(Contrast.Difference, 0.1, 0)]
    [InlineData(Contrast.Difference, 0, 0.1)]
    public void The_contrastive_objective_gives_the_mode_less_energy_than_a_far_point(
        Contrast contrast, double energyL2, double gradientPenalty)
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 64));
        var parameters = new EnergyObjectiveParameters
        {
            Contrast = contrast,
            EnergyL2 = energyL2,
            GradientPenalty = gradientPenalty,
        };
        Train(model, new ContrastiveLoss(model, parameters));
        var (mode, far) = AtTheModeAndFar(model.Energy);
        mode.ShouldBeLessThan(far - Margin);
    }

    [Theory]
    [InlineData(Contrast.Difference)]
    [InlineData(Contrast.Hinge)]
    [InlineData(Contrast.Softplus)]
    public void The_two_head_objective_gives_the_mode_less_energy_than_a_far_point(Contrast contrast)
    {
        using var model = new TwoHeadModel(Trunk.Dense(2, 64), classes: 10);
        Train(model, new JointLoss(model, new JointObjectiveParameters { Contrast = contrast }));
        var (mode, far) = AtTheModeAndFar(model.Energy);
        mode.ShouldBeLessThan(far - Margin);
        ClassesAreLearnt(model);
    }

    [Theory]
    [InlineData(Contrast.Difference)]
    [InlineData(Contrast.Hinge)]
    [InlineData(Contrast.Softplus)]
    public void The_joint_objective_gives_the_mode_less_energy_than_a_far_point(Contrast contrast)
    {
        using var model = new JemModel(Trunk.Dense(2, 64), classes: 10);
        Train(model, new JointLoss(model, new JointObjectiveParameters { Contrast = contrast }));
        var (mode, far) = AtTheModeAndFar(model.Energy);
        mode.ShouldBeLessThan(far - Margin);
        ClassesAreLearnt(model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EnergyNet_scores_the_mode_highest_with_the_sign_corrected_and_lowest_as_published(
        bool asPublished)
    {
        using var model = new JemModel(Trunk.Flattened([2], hidden: 32), classes: 10)
        {
            AsPublished = asPublished,
        };
        Train(model, new JointLoss(model, new JointObjectiveParameters()));
        var (modeEnergy, farEnergy) = AtTheModeAndFar(model.Energy);
        modeEnergy.ShouldBeLessThan(farEnergy - Margin, "it is a density of its own either way");
        var (mode, far) = AtTheModeAndFar(model.Score);
        (mode > far).ShouldBe(!asPublished);
        ClassesAreLearnt(model);
    }

    private static void Train(IEnergyModel model, IObjective objective)
    {
        InitialWeights.Draw(model.Parameters, new RandomStream(1));
        var parameters = new PointTrainingParameters { Updates = 250, BatchSize = 128, Beta1 = 0.9 };
        var sampler = new SamplerParameters
        {
            Form = LangevinForm.Textbook,
            Steps = 10,
            StepSize = new Schedule.Constant(0.3),
        };
        var training = new ContrastiveTraining(new RecordingTrial(), parameters, Plane)
        {
            Parameters = new ToyParameters { Training = parameters },
            SampleShape = [2],
            Positives = new StandardNormal(),
            Start = new ReplayBuffer(new InitialisationParameters(), 2, Plane, new RandomStream(2)),
            Sampler = new LangevinSampler(sampler, Plane),
            Objective = objective,
            Detector = new DivergenceDetector(new DetectorParameters()),
        };
        training.Run().ShouldBeNull();
    }

    private static (float Mode, float Far) AtTheModeAndFar(Func<Tensor, Tensor> function)
    {
        using var scope = NewDisposeScope();
        var values = function(tensor([0f, 0f, 3f, 3f]).reshape(2, 2)).data<float>().ToArray();
        return (values[0], values[1]);
    }

    private static void ClassesAreLearnt(IClassifier model)
    {
        using var scope = NewDisposeScope();
        var classes = model.Logits(tensor([-1f, 0f, 1f, 0f]).reshape(2, 2)).argmax(1);
        classes.data<long>().ToArray().ShouldBe([0L, 1L]);
    }

    /// <summary>N(0, I) in the plane; the class is the sign of the first coordinate.</summary>
    private sealed class StandardNormal : IPositives
    {
        public int SampleSize => 2;

        public void Draw(int update, Span<float> samples, Span<long> labels)
        {
            for (var row = 0; row < labels.Length; row++)
            {
                new RandomStream(4).FillNormal(samples.Slice(2 * row, 2), (uint)row, (uint)update, step: 0);
                labels[row] = samples[2 * row] > 0 ? 1 : 0;
            }
        }
    }
}
