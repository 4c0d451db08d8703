using Training.Samplers;

namespace Training.Evaluation;

/// <summary>
/// Three panels side by side, up being up: the true density, the learnt one, and samples as points.
/// </summary>
public static class PlanePicture
{
    private const int Side = PlaneDensity.Side;
    private const int Gap = 4;

    /// <summary>
    /// Draws the panels; both densities on one scale, white at the largest value of the true one.
    /// </summary>
    /// <param name="truth">The true density at a point.</param>
    /// <param name="learnt">The learnt density.</param>
    /// <param name="samples">Points, shape [count, 2].</param>
    /// <param name="box">What the panels show.</param>
    public static GrayImage Of(
        Func<double, double, double> truth, PlaneDensity learnt, ReadOnlySpan<float> samples, Box box)
    {
        var picture = new GrayImage((3 * Side) + (2 * Gap), Side);
        var densities = new double[Side, Side];
        var largest = double.Epsilon;
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                var (x, y) = (PlaneDensity.Midpoint(box, column), PlaneDensity.Midpoint(box, row));
                densities[column, row] = truth(x, y);
                largest = Math.Max(largest, densities[column, row]);
            }
        }

        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                picture[column, Side - 1 - row] = Level(densities[column, row] / largest);
                picture[Side + Gap + column, Side - 1 - row] = Level(learnt.At(column, row) / largest);
            }
        }

        for (var i = 0; i < samples.Length; i += 2)
        {
            var (column, row) = (Cell(samples[i], box), Cell(samples[i + 1], box));
            picture[(2 * (Side + Gap)) + column, Side - 1 - row] = byte.MaxValue;
        }

        return picture;
    }

    private static int Cell(double coordinate, Box box) =>
        Math.Clamp((int)((coordinate - box.Low) / (box.High - box.Low) * Side), 0, Side - 1);

    private static byte Level(double share) => (byte)Math.Round(Math.Clamp(share, 0, 1) * byte.MaxValue);
}
