using Training.Models;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>
/// A trial that does something else with an experiment's model than to train it: the experiment builds the
/// model and hands it over.
/// </summary>
public interface IModelUse : ITrial
{
    /// <summary>Uses a model with fresh weights, instead of training it.</summary>
    /// <param name="model">The model, which stays the caller's.</param>
    /// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
    /// <param name="box">The box of its samples.</param>
    void Use(IEnergyModel model, IReadOnlyList<long> sampleShape, Box box);
}
