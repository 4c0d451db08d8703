using Shared.Execution;
using Training.Checkpoints;
using Training.Data;
using Training.Experiments;

namespace Bench.Timing;

/// <summary>A trial that nobody listens to.</summary>
internal sealed class TimedTrial : ITrial
{
    /// <inheritdoc/>
    public Shared.Sweeps.SampleGrids? Samples => null;

    /// <inheritdoc/>
    public ImageData Images() => throw new InvalidOperationException("a timed trial makes its own data");

    /// <inheritdoc/>
    public CheckpointSource? From => null;

    /// <inheritdoc/>
    public CancellationToken Stop => CancellationToken.None;

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public ulong StreamKey(StreamPurpose purpose) => RandomStreams.Key(seed: 1, replicate: 1, purpose);

    /// <inheritdoc/>
    public bool IsCheckpointDue(int update) => false;

    /// <inheritdoc/>
    public void Checkpoint(int update, Func<Stream, CheckpointDigest> write)
    {
    }

    /// <inheritdoc/>
    public void Report(int step, string metric, double value)
    {
    }

    /// <inheritdoc/>
    public void Store(string name, string mediaType, byte[] bytes)
    {
    }
}
