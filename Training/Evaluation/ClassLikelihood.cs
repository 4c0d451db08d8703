using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>The logarithm of the largest class probability: it ranks where the probability itself rounds to 1.</summary>
public static class ClassLikelihood
{
    /// <summary>log max_y softmax(l(x)/T) as a tensor, for gradients.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="temperature">T.</param>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>Shape [batch].</returns>
    public static Tensor Of(IClassifier model, double temperature, Tensor x)
    {
        var logits = model.Logits(x) / temperature;
        return logits.amax(1) - logits.logsumexp(1);
    }

    /// <summary>The same of many samples, in double precision from the logits on.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="temperature">T.</param>
    /// <param name="samples">Shape [count, sample size].</param>
    /// <param name="sampleShape">Shape of one sample.</param>
    public static double[] Of(
        IClassifier model, double temperature, ReadOnlySpan<float> samples, IReadOnlyList<long> sampleShape)
    {
        var logits = ModelOutputs.Of(model.Logits, samples, sampleShape);
        return [.. logits.EnumerateRows().Select(row => OfLargest(row.ToArray(), temperature))];
    }

    private static double OfLargest(double[] logits, double temperature)
    {
        var largest = logits.Max();
        var isSeen = false;
        var rest = 0.0;
        foreach (var logit in logits)
        {
            if (logit == largest && !isSeen)
            {
                isSeen = true;   // its own share, 1, stays out of the sum, where small ones would be lost
                continue;
            }

            rest += Math.Exp((logit - largest) / temperature);
        }

        return -LogOfOneAnd(rest);
    }

    /// <summary>log(1 + x) that keeps small x; double.LogP1 loses what is below 1e-16.</summary>
    /// <remarks>Source: Goldberg 1991, theorem 4.</remarks>
    private static double LogOfOneAnd(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }
}
