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
    private static readonly Box Plane = new(-4, 4);

    [Fact]
    public void The_contrastive_objective_gives_the_mode_less_energy_than_a_far_point()
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 64));
        var (mode, far) = EnergiesAfterTraining(model, new ContrastiveLoss(model, new EnergyObjectiveParameters()));
        mode.ShouldBeLessThan(far - 1);
    }

    [Fact]
    public void The_two_head_objective_gives_the_mode_less_energy_than_a_far_point()
    {
        using var model = new TwoHeadModel(Trunk.Dense(2, 64), classes: 10);
        var (mode, far) = EnergiesAfterTraining(model, new JointLoss(model, new JointObjectiveParameters()));
        mode.ShouldBeLessThan(far - 1);
    }

    private static (float Mode, float Far) EnergiesAfterTraining(IEnergyModel model, IObjective objective)
    {
        InitialWeights.Draw(model.Parameters, new RandomStream(1));
        var parameters = new TrainingParameters { Updates = 250, BatchSize = 128, Beta1 = 0.9 };
        var sampler = new SamplerParameters
        {
            Form = LangevinForm.Textbook,
            Steps = 10,
            StepSize = new Schedule.Constant(0.3),
        };
        var training = new ContrastiveTraining(new RecordingTrial(), parameters, Plane)
        {
            SampleShape = [2],
            Positives = new StandardNormal(),
            Start = new ReplayBuffer(new InitialisationParameters(), 2, Plane, new RandomStream(2)),
            Sampler = new LangevinSampler(sampler, Plane),
            Objective = objective,
            Detector = new DivergenceDetector(new DetectorParameters()),
        };
        training.Run().ShouldBeNull();

        using var scope = NewDisposeScope();
        var energies = model.Energy(tensor([0f, 0f, 3f, 3f]).reshape(2, 2)).data<float>().ToArray();
        return (energies[0], energies[1]);
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
