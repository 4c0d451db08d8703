using Training.Models;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>
/// An energy in the plane on a 200 × 200 midpoint grid over a box: its log Z and its KL are exact there.
/// </summary>
/// <remarks>Midpoint quadrature; cells are (box / 200)² in area.</remarks>
public sealed class PlaneDensity
{
    /// <summary>Points along each side.</summary>
    public const int Side = 200;

    private readonly float[] _energies;

    private PlaneDensity(Box box, float[] energies)
    {
        (Box, _energies) = (box, energies);
        double lowest = energies.Min();
        LogZ = Math.Log(energies.Sum(energy => Math.Exp(lowest - energy)) * CellArea) - lowest;
    }

    /// <summary>The box that it is normalised over.</summary>
    public Box Box { get; }

    /// <summary>log ∫ exp(−E), in nats.</summary>
    public double LogZ { get; }

    private double CellArea => Math.Pow((Box.High - Box.Low) / Side, 2);

    /// <summary>The density of a model on samples of shape [batch, 2].</summary>
    public static PlaneDensity Of(IEnergyModel model, Box box)
    {
        using var gradientFree = no_grad();
        using var scope = NewDisposeScope();
        var points = empty(Side * Side, 2);
        var values = points.Floats();
        for (var i = 0; i < Side * Side; i++)
        {
            values[2 * i] = (float)Midpoint(box, i % Side);
            values[(2 * i) + 1] = (float)Midpoint(box, i / Side);
        }

        return new PlaneDensity(box, model.Energy(points).contiguous().Floats().ToArray());
    }

    /// <summary>q = exp(−E)/Z at a column and a row of the grid, from the box's lower ends.</summary>
    public double At(int column, int row) => Math.Exp(-_energies[(row * Side) + column] - LogZ);

    /// <summary>E at a column and a row of the grid.</summary>
    public double EnergyAt(int column, int row) => _energies[(row * Side) + column];

    /// <summary>∫ p log(p/q), in nats.</summary>
    /// <param name="truth">p, a density that lies within the box but for a negligible part.</param>
    public double KlFrom(Func<double, double, double> truth)
    {
        var sum = 0.0;
        for (var i = 0; i < _energies.Length; i++)
        {
            var p = truth(Midpoint(Box, i % Side), Midpoint(Box, i / Side));
            sum += p > 0 ? p * (Math.Log(p) + _energies[i] + LogZ) : 0;
        }

        return sum * CellArea;
    }

    /// <summary>The coordinate of a column or a row.</summary>
    public static double Midpoint(Box box, int index) =>
        box.Low + ((index + 0.5) * (box.High - box.Low) / Side);
}
