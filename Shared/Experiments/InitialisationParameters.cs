namespace Shared.Experiments;

/// <summary>Where chains start.</summary>
/// <remarks>
/// The start names the method: chains that start at the data are CD-k with k = <c>sampler.steps</c>; a buffer
/// with <see cref="Reinitialisation"/> 0 is persistent contrastive divergence; noise is short-run sampling.
/// </remarks>
public sealed record InitialisationParameters
{
    /// <summary>Fresh noise at every update, the data, or a replay buffer.</summary>
    [Parameter(
        "Fresh noise at every update (short-run), the update's positives as the loss sees them (CD-k), or a "
        + "replay buffer of earlier chains (PCD where reinitialisation is 0).")]
    public ChainStart Start { get; init; } = ChainStart.Buffer;

    /// <summary>Law of fresh noise: of a noise start, of a buffer's first states and of restarts.</summary>
    [Parameter("Law of fresh noise: of a noise start, of a buffer's first states and of restarts.")]
    [OnlyWhen("initialisation.start", "noise", "buffer")]
    public NoiseLaw Noise { get; init; } = NoiseLaw.Uniform;

    /// <summary>σ of Gaussian noise about the middle of the box, clamped to it.</summary>
    [Parameter("σ of Gaussian noise about the middle of the box, clamped to the box.", Unit = "x")]
    [Range(0, 1_000, ExclusiveMinimum = true)]
    [OnlyWhen("initialisation.noise", "gaussian")]
    public double NoiseScale { get; init; } = 0.5;

    /// <summary>
    /// Which states a replay buffer holds at first, which it draws and which it overwrites.
    /// </summary>
    [Parameter(
        "slot: full of noise at first; draws without replacement and writes back to the same slots. fifo: "
        + "begins with one batch of noise; draws with replacement; results are the newest, beyond "
        + "buffer_size the oldest go. random: begins empty; draws with replacement; results fill free slots, "
        + "then overwrite random ones. reservoir: as random, but keeps a uniform sample of all results.")]
    [OnlyWhen("initialisation.start", "buffer")]
    public BufferPolicy Policy { get; init; } = BufferPolicy.Slot;

    /// <summary>The most states that a replay buffer holds.</summary>
    [Parameter("The most states that the replay buffer holds.", Unit = "slots")]
    [Range(1, 1_000_000)]
    [OnlyWhen("initialisation.start", "buffer")]
    public int BufferSize { get; init; } = 2_000;

    /// <summary>
    /// Probability that a drawn state is replaced by fresh noise, for each chain by itself.
    /// </summary>
    [Parameter("Probability that a drawn state is replaced by fresh noise, for each chain by itself.")]
    [Range(0, 1)]
    [OnlyWhen("initialisation.start", "buffer")]
    public double Reinitialisation { get; init; } = 0.05;

    /// <summary>A buffer takes a whole batch of results, each to a slot of its own.</summary>
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
    /// <summary>Fresh noise at every update: short-run sampling.</summary>
    Noise,

    /// <summary>The update's positives, with their noise: CD-k.</summary>
    Data,

    /// <summary>States of earlier chains; PCD where none is restarted.</summary>
    Buffer,
}

/// <summary>The law of fresh noise.</summary>
public enum NoiseLaw
{
    /// <summary>Uniform in the box.</summary>
    Uniform,

    /// <summary>Gaussian about the middle of the box, clamped to the box.</summary>
    Gaussian,
}

/// <summary>What a replay buffer draws and overwrites.</summary>
public enum BufferPolicy
{
    /// <summary>
    /// Full of noise at first. Draws distinct slots; a result goes back to the slot its chain came from. JEM,
    /// but for its draws with replacement, in which copies of one slot overwrite each other.
    /// </summary>
    Slot,

    /// <summary>
    /// One batch of noise at first. Draws with replacement; results are put in front, the first chain
    /// foremost, and what lies beyond the size is dropped. IGEBM and the JEM exercise.
    /// </summary>
    Fifo,

    /// <summary>
    /// Empty at first: the first chains are fresh noise. Draws with replacement; results fill free slots, and
    /// then overwrite distinct random ones among those that were held. The EBM tutorial.
    /// </summary>
    Random,

    /// <summary>
    /// Empty at first: the first chains are fresh noise. Draws with replacement; results fill free slots, and
    /// then the n-th result ever overwrites a random slot with probability size/n. Du et al. 2021.
    /// </summary>
    Reservoir,
}
