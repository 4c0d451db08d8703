using Shared.Execution;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Data;
using Training.Experiments;

namespace Bench.Checkpoints;

/// <summary>A trial that writes its checkpoint to one file, as a slot does, and goes on from it.</summary>
/// <param name="path">The file.</param>
internal sealed class FileTrial(string path) : ITrial
{
    private const int ReadBuffer = 1 << 20;   // bytes

    /// <summary>What was written last.</summary>
    public CheckpointDigest Written { get; private set; }

    /// <inheritdoc/>
    public SampleGrids? Samples => null;

    /// <inheritdoc/>
    public CheckpointSource? From => new(
        1,
        Written.Sha256,
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ReadBuffer));

    /// <inheritdoc/>
    public CancellationToken Stop => CancellationToken.None;

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public ImageData Images() => throw new InvalidOperationException("there is nothing to train here");

    /// <inheritdoc/>
    public bool IsCheckpointDue(int update) => true;

    /// <inheritdoc/>
    public void Checkpoint(int update, Func<Stream, CheckpointDigest> write)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        Written = write(file);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public ulong StreamKey(StreamPurpose purpose) => RandomStreams.Key(seed: 1, replicate: 1, purpose);

    /// <inheritdoc/>
    public void Report(int step, string metric, double value)
    {
    }

    /// <inheritdoc/>
    public void Store(string name, string mediaType, byte[] bytes)
    {
    }
}
