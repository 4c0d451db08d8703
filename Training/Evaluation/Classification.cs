using System.Collections.Immutable;
using Training.Data;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>How well a classifier does on images.</summary>
public static class Classification
{
    private const int BatchSize = 500;

    /// <summary>What a classifier says of the first images.</summary>
    /// <param name="model">The model, on images of shape [1, height, width] in [−1, 1].</param>
    /// <param name="images">The images.</param>
    /// <param name="count">How many of them, from 1 to all.</param>
    public static Predictions Of(IClassifier model, LabelledImages images, int count)
    {
        using var gradientFree = no_grad();
        var confidences = ImmutableArray.CreateBuilder<double>(count);
        var isRight = ImmutableArray.CreateBuilder<bool>(count);
        var likelihood = 0.0;
        for (var first = 0; first < count; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(BatchSize, count - first);
            var batch = empty(size, 1, images.Height, images.Width);
            for (var i = 0; i < size; i++)
            {
                images.CopyTo(first + i, batch.Floats().Slice(i * images.ImageSize, images.ImageSize));
            }

            var logits = model.Logits(batch).contiguous();
            var values = logits.Floats();
            var classes = logits.argmax(1).Longs();
            var width = values.Length / size;
            for (var i = 0; i < size; i++)
            {
                var row = values.Slice(i * width, width);
                var largest = row[(int)classes[i]];
                var logSum = largest + Math.Log(SumOfExponentials(row, largest));
                int label = images.Labels[first + i];
                confidences.Add(Math.Min(1, Math.Exp(largest - logSum)));
                isRight.Add(classes[i] == label);
                likelihood += row[label] - logSum;
            }
        }

        return new Predictions(confidences.MoveToImmutable(), isRight.MoveToImmutable(), -likelihood / count);
    }

    private static double SumOfExponentials(ReadOnlySpan<float> logits, double largest)
    {
        var sum = 0.0;
        foreach (double logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        return sum;
    }
}
