using System.Security.Cryptography;
using System.Threading.Channels;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>A trial as its slot runs it: what training reports becomes input of the slot's loop.</summary>
/// <param name="start">What was asked for.</param>
/// <param name="images">The images of its data set, if it has one.</param>
/// <param name="spool">Folder for artifacts on their way to the worker.</param>
/// <param name="inputs">The slot's loop.</param>
/// <param name="stop">Told when the trial is to be given up.</param>
public sealed class SlotTrial(
    ToSlot.Start start,
    ImageData? images,
    string spool,
    ChannelWriter<SlotInput> inputs,
    CancellationToken stop) : ITrial
{
    private int _updates;

    /// <summary>The last update that this attempt reported; 0 before it reported any.</summary>
    public int Updates => Volatile.Read(ref _updates);

    /// <inheritdoc/>
    public ImageData Images() => images
        ?? throw new InvalidOperationException($"{start.Attempt} wants images, and its sweep names no data set");

    /// <inheritdoc/>
    public SampleGrids? Samples => start.Samples;

    /// <inheritdoc/>
    public CancellationToken Stop => stop;

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public ulong StreamKey(StreamPurpose purpose) => RandomStreams.Key(start.Seed, start.Replicate, purpose);

    /// <inheritdoc/>
    public void Report(int step, string metric, double value)
    {
        Volatile.Write(ref _updates, step);
        Post(new SlotInput.Measured(new MetricPoint(step, metric, value)));
    }

    /// <inheritdoc/>
    public void Store(string name, string mediaType, byte[] bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = Path.Combine(spool, $"{start.Attempt.Trial}.{start.Attempt.Number}.{name}");
        var unfinished = path + ".part";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        Post(new SlotInput.Produced(name, mediaType, path, hash));
    }

    /// <summary>Training waits here when the loop is far behind.</summary>
    private void Post(SlotInput input)
    {
        if (!inputs.TryWrite(input))
        {
            inputs.WriteAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }
}
