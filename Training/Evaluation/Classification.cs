using Training.Data;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>How well a classifier does on images.</summary>
public static class Classification
{
    private const int BatchSize = 500;

    /// <summary>Share of the first images whose largest logit is the label's.</summary>
    /// <param name="model">The model, on images of shape [1, height, width] in [−1, 1].</param>
    /// <param name="images">The images.</param>
    /// <param name="count">How many of them, at most all.</param>
    public static double Accuracy(IClassifier model, LabelledImages images, int count)
    {
        using var gradientFree = no_grad();
        var right = 0;
        for (var first = 0; first < count; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(BatchSize, count - first);
            var batch = empty(size, 1, images.Height, images.Width);
            for (var i = 0; i < size; i++)
            {
                images.CopyTo(first + i, batch.Floats().Slice(i * images.ImageSize, images.ImageSize));
            }

            var classes = model.Logits(batch).argmax(1).Longs();
            for (var i = 0; i < size; i++)
            {
                right += classes[i] == images.Labels[first + i] ? 1 : 0;
            }
        }

        return (double)right / count;
    }
}
