using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>Gradients of a number of each sample by the sample, a batch at a time.</summary>
public static class InputGradients
{
    private const int BatchSize = 250;

    /// <summary>The gradient of a function at each sample.</summary>
    /// <param name="function">Gives shape [batch] of shape [batch, …], each number of its own sample.</param>
    /// <param name="samples">Shape [count, sample size].</param>
    /// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
    /// <returns>Shape [count, sample size].</returns>
    /// <remarks>The model's parameters are to be frozen by the caller, so that they get no gradient.</remarks>
    public static float[] Of(
        Func<Tensor, Tensor> function, ReadOnlySpan<float> samples, IReadOnlyList<long> sampleShape)
    {
        var size = (int)sampleShape.Aggregate(1L, (product, side) => product * side);
        var gradients = new float[samples.Length];
        for (var first = 0; first * size < samples.Length; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(BatchSize, (samples.Length / size) - first);
            var batch = empty([count, .. sampleShape]);
            samples.Slice(first * size, count * size).CopyTo(batch.Floats());
            batch.requires_grad = true;
            autograd.grad([function(batch).sum()], [batch])[0].contiguous().Floats()
                .CopyTo(gradients.AsSpan(first * size, count * size));
        }

        return gradients;
    }
}
