using Training.Randomness;

namespace Training.Data;

/// <summary>
/// Batches of images: every epoch in a new order, the incomplete last batch of an epoch left out.
/// </summary>
public sealed class ImageBatches : IPositives
{
    private readonly LabelledImages _images;
    private readonly int _batchSize;
    private readonly RandomStream _order;
    private int _epoch = -1;
    private int[] _permutation = [];

    /// <summary>Batches of a data set.</summary>
    /// <param name="images">The images.</param>
    /// <param name="batchSize">Images a batch, at most as many as there are.</param>
    /// <param name="order">Stream of the purpose data order.</param>
    public ImageBatches(LabelledImages images, int batchSize, RandomStream order)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, images.Count);
        (_images, _batchSize, _order) = (images, batchSize, order);
    }

    /// <inheritdoc/>
    public int SampleSize => _images.ImageSize;

    /// <inheritdoc/>
    public void Draw(int update, Span<float> samples, Span<long> labels)
    {
        var (epoch, batch) = Math.DivRem(update - 1, _images.Count / _batchSize);
        if (epoch != _epoch)
        {
            (_epoch, _permutation) = (epoch, _order.Draw(_images.Count, _images.Count, (uint)epoch, step: 0));
        }

        for (var row = 0; row < _batchSize; row++)
        {
            var index = _permutation[(batch * _batchSize) + row];
            _images.CopyTo(index, samples.Slice(row * SampleSize, SampleSize));
            labels[row] = _images.Labels[index];
        }
    }
}
