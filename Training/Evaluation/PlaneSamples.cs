using Training.Models;
using Training.Randomness;

namespace Training.Evaluation;

/// <summary>Points drawn from an energy in the plane, independent of each other and of any chain.</summary>
/// <remarks>
/// Rejection: a cell of the grid by its probability, a place in it at random, taken with probability
/// exp(E(midpoint) − E(x) − c). c is the largest E(midpoint) − E(x) of the first round of proposals; a later one
/// above it is taken for certain. Source: von Neumann 1951; c as in Caffo, Booth and Davis 2002.
/// </remarks>
public static class PlaneSamples
{
    private const int Rounds = 200;   // as many proposals for each point, at most
    private const uint Cell = 0;      // fourth counter words
    private const uint Place = 1;
    private const uint Coin = 2;

    /// <summary>Draws points, or nothing where the energy is too rough for the grid.</summary>
    /// <param name="model">The energy.</param>
    /// <param name="density">Its density on the grid.</param>
    /// <param name="count">How many.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="word">Third counter word.</param>
    /// <returns>Shape [count, 2].</returns>
    public static float[]? Draw(
        IEnergyModel model, PlaneDensity density, int count, RandomStream stream, uint word)
    {
        var sums = Sums(density);
        var taken = new List<float>(2 * count);
        var largest = double.NegativeInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var first = (uint)(round * count);
            var (points, midpoints) = Proposed(density, sums, count, stream, word, first);
            var excesses = Energies.Of(model, points, [2]).Zip(midpoints, (energy, mid) => mid - energy).ToArray();
            largest = round == 0 ? excesses.Max() : largest;
            for (var i = 0; i < count && taken.Count < 2 * count; i++)
            {
                if (Math.Log(stream.Unit(first + (uint)i, word, Coin)) < excesses[i] - largest)
                {
                    taken.AddRange([points[2 * i], points[(2 * i) + 1]]);
                }
            }

            if (taken.Count == 2 * count)
            {
                return [.. taken];
            }
        }

        return null;
    }

    /// <summary>Probability of all cells up to each one.</summary>
    private static double[] Sums(PlaneDensity density)
    {
        var (sums, sum) = (new double[PlaneDensity.Side * PlaneDensity.Side], 0.0);
        for (var cell = 0; cell < sums.Length; cell++)
        {
            sum += density.At(cell % PlaneDensity.Side, cell / PlaneDensity.Side);
            sums[cell] = sum;
        }

        return sums;
    }

    private static (float[] Points, double[] Midpoints) Proposed(
        PlaneDensity density, double[] sums, int count, RandomStream stream, uint word, uint first)
    {
        var (points, midpoints) = (new float[2 * count], new double[count]);
        var half = (density.Box.High - density.Box.Low) / PlaneDensity.Side / 2;
        for (var i = 0; i < count; i++)
        {
            var point = points.AsSpan(2 * i, 2);
            var row = first + (uint)i;
            var found = Array.BinarySearch(sums, stream.Unit(row, word, Cell) * sums[^1]);
            var cell = Math.Min(found < 0 ? ~found : found, sums.Length - 1);
            stream.FillUniform(point, -half, half, row, word, Place);
            point[0] += (float)PlaneDensity.Midpoint(density.Box, cell % PlaneDensity.Side);
            point[1] += (float)PlaneDensity.Midpoint(density.Box, cell / PlaneDensity.Side);
            midpoints[i] = density.EnergyAt(cell % PlaneDensity.Side, cell / PlaneDensity.Side);
        }

        return (points, midpoints);
    }
}
