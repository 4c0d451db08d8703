using Shared.Experiments;
using Training.Models;
using Training.Objectives;

namespace Training.Experiments;

/// <summary>Trains the tutorial's convolutional energy on images.</summary>
public sealed class ConvEnergyExperiment : IExperiment<ConvEnergyParameters>
{
    /// <inheritdoc/>
    public TrialEnd Run(ConvEnergyParameters parameters, ITrial trial)
    {
        var training = new ImageTraining(trial, parameters);
        var trunk = Trunk.ConvolutionalEnergy(training.ImageShape, parameters.Model.Activation);
        using var model = new ScalarEnergy(trunk);
        return training.Run(new ContrastiveLoss(model, parameters.Objective));
    }
}
