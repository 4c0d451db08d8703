using Shared.Experiments;
using Training.Models;
using Training.Objectives;

namespace Training.Experiments;

/// <summary>Trains EnergyNet on images.</summary>
public sealed class EnergyNetExperiment : IExperiment<EnergyNetParameters>
{
    /// <inheritdoc/>
    public TrialEnd Run(EnergyNetParameters parameters, ITrial trial)
    {
        var training = new ImageTraining(trial, parameters);
        var trunk = Trunk.Flattened(
            training.ImageShape, parameters.Model.Hidden, parameters.Model.Activation);
        using var model = new JemModel(trunk, training.Classes)
        {
            AsPublished = parameters.Model.AsPublished,
        };
        return training.Run(new JointLoss(model, parameters.Objective));
    }
}
