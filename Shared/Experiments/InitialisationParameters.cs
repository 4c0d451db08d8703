namespace Shared.Experiments;

/// <summary>Where chains start.</summary>
public sealed record InitialisationParameters
{
    /// <summary>Fresh noise at every update, or a replay buffer.</summary>
    [Parameter("Fresh uniform noise at every update, or a replay buffer of earlier chains.")]
    public ChainStart Start { get; init; } = ChainStart.Buffer;

    /// <summary>Number of slots of the replay buffer.</summary>
    [Parameter("Number of slots of the replay buffer.", Unit = "slots")]
    [Range(1, 1_000_000)]
    [OnlyWhen("initialisation.start", "buffer")]
    public int BufferSize { get; init; } = 2_000;

    /// <summary>Probability that a drawn slot starts afresh from noise.</summary>
    [Parameter("Probability that a drawn slot starts afresh from noise.")]
    [Range(0, 1)]
    [OnlyWhen("initialisation.start", "buffer")]
    public double Reinitialisation { get; init; } = 0.05;

    /// <summary>Slots are drawn without replacement: a buffer must hold at least a batch.</summary>
    internal IReadOnlyList<ParameterConflict> ConflictsWith(TrainingParameters training) =>
        Start is ChainStart.Buffer && BufferSize < training.BatchSize
            ?
            [
                new(
                    "initialisation.buffer_size",
                    $"at least training.batch_size ({training.BatchSize} slots)"),
            ]
            : [];
}

/// <summary>Where chains start.</summary>
public enum ChainStart
{
    /// <summary>Uniform noise in the box.</summary>
    Noise,

    /// <summary>A replay buffer: drawn without replacement, written back to the same slots.</summary>
    Buffer,
}
