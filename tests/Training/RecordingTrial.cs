using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
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

    public SampleGrids? Samples { get; init; }

    public CancellationToken Stop { get; init; }

    public TimeProvider Clock { get; init; } = new SteppingClock();

    public ulong StreamKey(StreamPurpose purpose) => RandomStreams.Key(seed, replicate, purpose);

    public void Report(int step, string metric, double value) =>
        Points.Add(new MetricPoint(step, metric, value));

    public void Store(string name, string mediaType, byte[] bytes) => Artifacts.Add(name, bytes);

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
