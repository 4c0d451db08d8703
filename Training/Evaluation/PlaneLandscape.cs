using System.Collections.Immutable;
using Shared.Reports;
using Training.Models;
using Training.Samplers;

namespace Training.Evaluation;

/// <summary>
/// An energy in the plane on a grid over a box, and its gradient on a coarser one, for a report to draw.
/// </summary>
public static class PlaneLandscape
{
    /// <summary>Points of the energies along each side.</summary>
    public const int Side = 64;

    /// <summary>Points of the gradient along each side.</summary>
    public const int ArrowSide = 16;

    private static readonly long[] PointShape = [2];

    /// <summary>The landscape of a model.</summary>
    /// <param name="model">Energies of samples of shape [batch, 2].</param>
    /// <param name="box">What is shown.</param>
    /// <param name="centres">Modes of the density that is learnt.</param>
    public static EnergyLandscape Of(IEnergyModel model, Box box, IEnumerable<(double X, double Y)> centres)
    {
        var span = box.High - box.Low;
        var points = Grid(Side, i => box.Low + (span * i / (Side - 1)));
        var middles = Grid(ArrowSide, i => box.Low + (span * (i + 0.5) / ArrowSide));
        using var frozen = new FrozenParameters(model.Parameters);
        return new EnergyLandscape(
            (float)box.Low,
            (float)box.High,
            Side,
            [.. Energies.Of(model, points, PointShape).Select(energy => (float)energy)],
            ArrowSide,
            [.. InputGradients.Of(model.Energy, middles, PointShape).Select(slope => -slope)],
            [.. centres.Select(centre => ImmutableArray.Create((float)centre.X, (float)centre.Y))]);
    }

    private static float[] Grid(int side, Func<int, double> coordinate) =>
    [
        .. Enumerable.Range(0, side * side).SelectMany(
            i => new[] { (float)coordinate(i % side), (float)coordinate(i / side) }),
    ];
}
