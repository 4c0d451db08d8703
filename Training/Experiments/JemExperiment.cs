using Shared.Experiments;
using Training.Models;
using Training.Objectives;

namespace Training.Experiments;

/// <summary>Trains the joint energy-based model on images.</summary>
public sealed class JemExperiment : IExperiment<JemParameters>
{
    /// <inheritdoc/>
    public TrialEnd Run(JemParameters parameters, ITrial trial)
    {
        var training = new ImageTraining(trial, parameters);
        var trunk = Trunk.Convolutional(
            parameters.Model.Hidden, training.ImageShape, parameters.Model.Activation);
        using var model = ModelOn(trunk, training.Classes, parameters.Model.Energy);
        return training.Run(new JointLoss(model, parameters.Objective));
    }

    private static IJointModel ModelOn(Trunk trunk, int classes, EnergySource energy) => energy switch
    {
        EnergySource.LogSumExp => new JemModel(trunk, classes),
        EnergySource.Head => new TwoHeadModel(trunk, classes),
        _ => throw new ArgumentOutOfRangeException(nameof(energy)),
    };
}
