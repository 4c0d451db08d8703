using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>A trial as its slot runs it: what training reports becomes input of the slot's loop.</summary>
/// <param name="start">What was asked for.</param>
/// <param name="images">The images of its data set, if it has one.</param>
/// <param name="spool">Folder for artifacts and checkpoints on their way to the worker.</param>
/// <param name="inputs">The slot's loop.</param>
/// <param name="stop">Cancelled when the trial is to be given up.</param>
public sealed class SlotTrial(
    ToSlot.Start start,
    Lazy<ImageData>? images,
    string spool,
    ChannelWriter<SlotInput> inputs,
    CancellationTokenSource stop) : ITrial
{
    private const int ReadBuffer = 1 << 20;   // bytes

    private readonly CheckpointRule _rule = new(start.CheckpointEvery);
    private readonly CancellationToken _stop = stop.Token;
    private long _checkpointAt = TimeProvider.System.GetTimestamp();
    private TimeSpan _lastWrite;
    private volatile bool _isDraining;
    private volatile int _updates;

    /// <summary>The last update that this attempt finished; 0 before it finished any.</summary>
    public int Updates => _updates;

    /// <inheritdoc/>
    public ImageData Images() => images?.Value
        ?? throw new InvalidOperationException(
            $"{start.Attempt} wants images, and its sweep names no data set");

    /// <summary>Reads a set of the catalogue.</summary>
    public Func<string, ImageData>? OtherImages { get; init; }

    /// <inheritdoc/>
    public ImageData Images(string set) => OtherImages?.Invoke(set)
        ?? throw new InvalidOperationException($"{start.Attempt} reads no data beside its own, and not {set}");

    /// <summary>Keeps the garbage collector out of updates; nothing where it may run at any time.</summary>
    public CollectionPause? Pause { get; init; }

    /// <inheritdoc/>
    public SampleGrids? Samples => start.Samples;

    /// <inheritdoc/>
    public CheckpointSource? From => start.From is { } from
        ? new CheckpointSource(from.Update, from.Sha256, () => new FileStream(
            from.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, ReadBuffer))
        : null;

    /// <inheritdoc/>
    public byte[]? ParentModel()
    {
        if (start.Parent is not { } parent)
        {
            return null;
        }

        var bytes = File.ReadAllBytes(parent.Path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == parent.Sha256
            ? bytes
            : throw new InvalidDataException(
                "the parent's model is not the one that the trial was to begin from");
    }

    /// <inheritdoc/>
    public CancellationToken Stop => _stop;

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public ulong StreamKey(StreamPurpose purpose) => RandomStreams.Key(start.Seed, start.Replicate, purpose);

    /// <summary>
    /// Training is to finish its update, leave a checkpoint and stop; a trial that is being evaluated at its
    /// end goes on to it.
    /// </summary>
    public void Drain() => _isDraining = true;

    /// <inheritdoc/>
    public bool IsCheckpointDue(int update)
    {
        _updates = update;
        Pause?.AtBoundary();
        return _isDraining || _rule.IsDue(update, Clock.GetElapsedTime(_checkpointAt), _lastWrite);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// One that cannot be written is left out: a trial goes on while its disk is full, and has more to lose.
    /// </remarks>
    public void Checkpoint(int update, Func<Stream, CheckpointDigest> write)
    {
        var began = Clock.GetTimestamp();
        var path = PathOf($"{update}.checkpoint");
        try
        {
            CheckpointDigest digest = default;
            Spool.Write(path, file => digest = write(file));
            Post(new SlotInput.Checkpointed(update, path, digest.Sha256, digest.Length));
            var seconds = Clock.GetElapsedTime(began).TotalSeconds;
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"checkpoint of update {update}: {digest.Length} bytes, {seconds:0.00} s"));
        }
        catch (IOException full)
        {
            Say($"leaves no checkpoint of update {update}: {full.Message}");
        }

        _checkpointAt = Clock.GetTimestamp();
        _lastWrite = Clock.GetElapsedTime(began, _checkpointAt);
        if (_isDraining)
        {
            stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Report(int step, string metric, double value)
    {
        Pause?.AtBoundary();
        Post(new SlotInput.Measured(new MetricPoint(step, metric, value)));
    }

    /// <inheritdoc/>
    public void Store(string name, string mediaType, byte[] bytes)
    {
        var path = PathOf(name);
        Spool.Write(path, file => file.Write(bytes));
        Post(new SlotInput.Produced(name, mediaType, path, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    /// <summary>Adds a line to the slot's log, for people.</summary>
    public void Say(string sentence) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{Clock.GetUtcNow():HH:mm:ss'Z'} {start.Attempt}: {sentence}"));

    private string PathOf(string name) =>
        Path.Combine(spool, $"{start.Attempt.Trial}.{start.Attempt.Number}.{name}");

    /// <summary>Training waits here when the loop is far behind.</summary>
    private void Post(SlotInput input)
    {
        if (!inputs.TryWrite(input))
        {
            inputs.WriteAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }
}
