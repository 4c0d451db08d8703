using Shared.Execution;
using Shared.Experiments;
using Training.Experiments;
using Training.Samplers;

namespace Training.Initialisation;

/// <summary>Turns what a sweep file says about the start of chains into a start.</summary>
public static class ChainStarts
{
    /// <summary>The start that the parameters name.</summary>
    /// <param name="parameters">Which start, and its settings.</param>
    /// <param name="sampleSize">Numbers in one flattened sample.</param>
    /// <param name="box">The box of fresh noise.</param>
    /// <param name="trial">Whose streams are drawn from.</param>
    public static IChainStart Of(InitialisationParameters parameters, int sampleSize, Box box, ITrial trial)
    {
        var stream = trial.Stream(StreamPurpose.ChainStart);
        return parameters.Start switch
        {
            ChainStart.Noise => new NoiseStart(new FreshNoise(parameters, sampleSize, box, stream)),
            ChainStart.Data => new DataStart(),
            ChainStart.Buffer => new ReplayBuffer(parameters, sampleSize, box, stream),
            _ => throw new ArgumentOutOfRangeException(nameof(parameters)),
        };
    }
}
