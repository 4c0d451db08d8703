using MathNet.Numerics.LinearAlgebra;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>Vectors that a model gives of many samples, a batch at a time and without gradients.</summary>
public static class ModelOutputs
{
    private const int BatchSize = 500;

    /// <summary>A vector of each sample, in order.</summary>
    /// <param name="function">Gives shape [batch, width] of shape [batch, …], as logits and features do.</param>
    /// <param name="samples">Shape [count, sample size], not empty.</param>
    /// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
    /// <returns>Shape [count, width].</returns>
    public static Matrix<double> Of(
        Func<Tensor, Tensor> function, ReadOnlySpan<float> samples, IReadOnlyList<long> sampleShape)
    {
        using var gradientFree = no_grad();
        var size = (int)sampleShape.Aggregate(1L, (product, side) => product * side);
        Matrix<double>? outputs = null;
        for (var first = 0; first * size < samples.Length; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(BatchSize, (samples.Length / size) - first);
            var batch = empty([count, .. sampleShape]);
            samples.Slice(first * size, count * size).CopyTo(batch.Floats());
            var values = function(batch).contiguous().Floats();
            var width = values.Length / count;
            outputs ??= Matrix<double>.Build.Dense(samples.Length / size, width);
            for (var i = 0; i < values.Length; i++)
            {
                outputs[first + (i / width), i % width] = values[i];
            }
        }

        return outputs ?? throw new ArgumentException("there are no samples", nameof(samples));
    }
}
