using System.Diagnostics;
using Shared.Experiments;
using TorchSharp.Modules;
using Training.Checkpoints;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>Steps of an optimiser down a loss, each with the learning rate of its update.</summary>
/// <param name="parameters">What is changed.</param>
/// <param name="training">Optimiser, learning rate and limit of the gradient.</param>
public sealed class Descent(IReadOnlyList<Parameter> parameters, TrainingParameters training)
    : IDisposable, ICheckpointed
{
    private readonly optim.Optimizer _optimiser = training.Optimiser switch
    {
        Optimiser.Adam => optim.Adam(
            parameters, training.LearningRate, training.Beta1, training.Beta2, 1e-8, training.WeightDecay),
        Optimiser.Sgd => optim.SGD(
            parameters, training.LearningRate, training.Momentum, 0, training.WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(training)),
    };

    /// <inheritdoc/>
    public string Section => "optimiser";

    /// <summary>One step.</summary>
    /// <param name="update">From 1.</param>
    /// <param name="loss">A scalar with history, which is used up.</param>
    /// <returns>Length of the gradient over all parameters, before it was cut.</returns>
    public double Step(int update, Tensor loss)
    {
        _optimiser.zero_grad();
        loss.backward();
        var norm = ParameterGradient.Cut(parameters, training.GradientNorm);
        foreach (var group in _optimiser.ParamGroups)
        {
            group.LearningRate = training.LearningRateAt(update);
        }

        _optimiser.step();
        return norm;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        switch (_optimiser)
        {
            case Adam adam:
                adam.save_state_dict(to);
                break;
            case SGD descent:
                descent.save_state_dict(to);
                break;
            default:
                throw new UnreachableException(_optimiser.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        switch (_optimiser)
        {
            case Adam adam:
                adam.load_state_dict(from);
                break;
            case SGD descent:
                descent.load_state_dict(from);
                break;
            default:
                throw new UnreachableException(_optimiser.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _optimiser.Dispose();
}
