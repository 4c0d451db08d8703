using Shared.Experiments;

namespace Training.Samplers;

/// <summary>Turns what a sweep file says about the chains of an evaluation into a sampler.</summary>
public static class EvaluationSamplers
{
    /// <summary>The sampler that the parameters name.</summary>
    /// <param name="parameters">Which sampler, and its settings.</param>
    /// <param name="trained">The sampler of training.</param>
    /// <param name="box">What chains are kept in.</param>
    public static ISampler Of(ChainEvaluationParameters parameters, ISampler trained, Box box) =>
        parameters.Sampler switch
        {
            EvaluationSampler.Trained => trained,
            EvaluationSampler.Mala => Hamiltonian(parameters, leapfrogSteps: 1, box),
            EvaluationSampler.Hmc => Hamiltonian(parameters, parameters.LeapfrogSteps, box),
            _ => throw new ArgumentOutOfRangeException(nameof(parameters)),
        };

    private static HamiltonianSampler Hamiltonian(
        ChainEvaluationParameters parameters, int leapfrogSteps, Box box) =>
        new(
            new HamiltonianSettings(
                parameters.StepSize, leapfrogSteps, parameters.Steps, parameters.Temperature),
            box);
}
