using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>Energies of many samples, a batch at a time and without gradients.</summary>
public static class Energies
{
    private const int BatchSize = 500;

    /// <summary>E of each sample, in order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">Shape [count, sample size].</param>
    /// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
    public static double[] Of(
        IEnergyModel model, ReadOnlySpan<float> samples, IReadOnlyList<long> sampleShape) =>
        Of(model.Energy, samples, sampleShape);

    /// <summary>A number of each sample, in order.</summary>
    /// <param name="function">Gives shape [batch] of shape [batch, …], as energies and scores do.</param>
    /// <param name="samples">Shape [count, sample size].</param>
    /// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
    public static double[] Of(
        Func<Tensor, Tensor> function, ReadOnlySpan<float> samples, IReadOnlyList<long> sampleShape)
    {
        using var gradientFree = no_grad();
        var size = (int)sampleShape.Aggregate(1L, (product, side) => product * side);
        var energies = new double[samples.Length / size];
        for (var first = 0; first < energies.Length; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(BatchSize, energies.Length - first);
            var batch = empty([count, .. sampleShape]);
            samples.Slice(first * size, count * size).CopyTo(batch.Floats());
            var values = function(batch).contiguous().Floats();
            for (var i = 0; i < count; i++)
            {
                energies[first + i] = values[i];
            }
        }

        return energies;
    }
}
