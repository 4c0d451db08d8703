using System.Security.Cryptography;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Data;
using Training.Experiments;

namespace Tests.Training;

/// <summary>
/// A trial that remembers what it was told; its clock moves a millisecond with every look.
/// </summary>
internal sealed class RecordingTrial(long seed = 1, int replicate = 0, string? data = null) : ITrial
{
    public List<MetricPoint> Points { get; } = [];

    public Dictionary<string, byte[]> Artifacts { get; } = [];

    public ImageData Images() => TestImages.Of(
        data ?? throw new InvalidOperationException("the trial names no data set"));

    /// <summary>The sets beside its own; as this machine holds them where nothing is said.</summary>
    public Func<string, ImageData> Others { get; init; } = TestImages.Of;

    public ImageData Images(string set) => Others(set);

    public SampleGrids? Samples { get; init; }

    public CheckpointSource? From { get; init; }

    /// <summary>A parent's model; nothing for none.</summary>
    public byte[]? Parent { get; init; }

    public byte[]? ParentModel() => Parent;

    /// <summary>After which updates checkpoints are left.</summary>
    public Func<int, bool> IsDue { get; init; } = _ => false;

    /// <summary>The checkpoints by their update.</summary>
    public Dictionary<int, byte[]> Checkpoints { get; } = [];

    /// <summary>The purpose whose stream has another key than seed and replicate give; nothing for none.</summary>
    public StreamPurpose? Strange { get; init; }

    public CancellationToken Stop { get; init; }

    public TimeProvider Clock { get; init; } = new SteppingClock();

    public ulong StreamKey(StreamPurpose purpose) =>
        RandomStreams.Key(seed, replicate, purpose) ^ (purpose == Strange ? 1UL : 0);

    public void Report(int step, string metric, double value) =>
        Points.Add(new MetricPoint(step, metric, value));

    public void Store(string name, string mediaType, byte[] bytes) => Artifacts.Add(name, bytes);

    public bool IsCheckpointDue(int update) => IsDue(update);

    public void Checkpoint(int update, Func<Stream, CheckpointDigest> write)
    {
        using var file = new MemoryStream();
        var digest = write(file);
        Checkpoints.Add(update, file.ToArray());
        digest.Length.ShouldBe(file.Length);
        digest.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(file.ToArray())));
    }

    public double Last(string metric) => Points.Last(point => point.Metric == metric).Value;

    public IEnumerable<int> Steps(string metric) =>
        Points.Where(point => point.Metric == metric).Select(p => p.Step);

    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => _now++;
    }
}
