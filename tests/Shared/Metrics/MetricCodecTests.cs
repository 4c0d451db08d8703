using System.Collections.Immutable;
using Shared.Metrics;

namespace Tests.Shared.Metrics;

public sealed class MetricCodecTests
{
    private static readonly string[] Names = ["loss", "gap", "energy_data", "Genauigkeit – ε"];

    private static readonly double[] Corners =
    [
        0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon,
        double.MaxValue, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Points_come_back_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, random.Next(60)).Select(_ => Point(random)).ToImmutableArray();

        var read = MetricCodec.Unpack(MetricCodec.Pack(points));

        read.Select(Bits).ShouldBe(points.Select(Bits), $"seed {seed}");
    }

    [Fact]
    public void A_usual_batch_takes_ten_bytes_a_point()
    {
        var points = Enumerable.Range(0, 1_000)
            .Select(i => new MetricPoint(i / 5 * 10, Names[i % 3], i * 0.1)).ToImmutableArray();
        MetricCodec.Pack(points).Length.ShouldBeInRange(10_000, 10_100);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Damaged_bytes_are_refused_or_read_but_never_crash(int seed)
    {
        var random = new Random(seed);
        var packed = MetricCodec.Pack([.. Enumerable.Range(0, 10).Select(_ => Point(random))]);
        packed[random.Next(packed.Length)] = (byte)random.Next(256);
        var cut = packed.AsSpan(0, random.Next(packed.Length)).ToArray();

        Should.Throw<InvalidDataException>(() => MetricCodec.Unpack(cut), $"seed {seed}");
        try
        {
            MetricCodec.Unpack(packed);
        }
        catch (InvalidDataException)
        {
            // A changed byte of a value cannot be told; one of the structure is refused.
        }
    }

    private static MetricPoint Point(Random random) => new(
        random.Next(4) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(1_000),
        Names[random.Next(Names.Length)],
        random.Next(4) == 0 ? Corners[random.Next(Corners.Length)] : random.NextDouble());

    private static (int, string, long) Bits(MetricPoint point) =>
        (point.Step, point.Metric, BitConverter.DoubleToInt64Bits(point.Value));
}
