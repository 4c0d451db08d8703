using Shared.Execution;
using Training.Randomness;

namespace Training.Experiments;

/// <summary>The random streams of a trial.</summary>
public static class TrialStreams
{
    /// <summary>The stream of a purpose.</summary>
    public static RandomStream Stream(this ITrial trial, StreamPurpose purpose) =>
        new(trial.StreamKey(purpose));
}
