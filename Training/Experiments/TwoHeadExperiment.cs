using Shared.Experiments;
using Training.Models;
using Training.Objectives;

namespace Training.Experiments;

/// <summary>Trains the two-head model of the JEM exercise on images.</summary>
public sealed class TwoHeadExperiment : IExperiment<TwoHeadParameters>
{
    /// <inheritdoc/>
    public TrialEnd Run(TwoHeadParameters parameters, ITrial trial)
    {
        var training = new ImageTraining(trial, parameters);
        var trunk = Trunk.Convolutional(
            parameters.Model.Hidden, training.ImageShape, parameters.Model.Activation);
        using var model = new TwoHeadModel(trunk, training.Classes);
        return training.Run(new JointLoss(model, parameters.Objective));
    }
}
