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
        using var model = new JemModel(trunk, training.Classes);
        return training.Run(new JointLoss(model, parameters.Objective));
    }
}
