using Training.Randomness;

namespace Training.Data;

/// <summary>
/// Gaussians of equal weight, evenly spaced on a ring round the origin of the plane; samples without end.
/// </summary>
/// <param name="components">How many Gaussians.</param>
/// <param name="radius">Distance of their means from the origin.</param>
/// <param name="deviation">Standard deviation of each, in each direction.</param>
/// <param name="order">Stream of the purpose data order.</param>
public sealed class GaussianRing(int components, double radius, double deviation, RandomStream order)
    : IPositives
{
    private const uint Component = 0;
    private const uint Offset = 1;

    /// <inheritdoc/>
    public int SampleSize => 2;

    /// <summary>The means, anticlockwise from the right.</summary>
    public IEnumerable<(double X, double Y)> Means => Enumerable.Range(0, components).Select(Mean);

    /// <inheritdoc/>
    public void Draw(int update, Span<float> samples, Span<long> labels)
    {
        for (var row = 0; row < samples.Length / SampleSize; row++)
        {
            var point = samples.Slice(row * SampleSize, SampleSize);
            order.FillNormal(point, (uint)row, (uint)update, Offset);
            var (x, y) = Mean(order.Index(components, (uint)row, (uint)update, Component));
            point[0] = (float)(x + (deviation * point[0]));
            point[1] = (float)(y + (deviation * point[1]));
        }
    }

    /// <summary>The density at a point.</summary>
    public double Density(double x, double y)
    {
        var sum = 0.0;
        for (var k = 0; k < components; k++)
        {
            var mean = Mean(k);
            var squared = ((x - mean.X) * (x - mean.X)) + ((y - mean.Y) * (y - mean.Y));
            sum += Math.Exp(-squared / (2 * deviation * deviation));
        }

        return sum / (components * 2 * Math.PI * deviation * deviation);
    }

    private (double X, double Y) Mean(int component)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * component / components);
        return (radius * cosine, radius * sine);
    }
}
