namespace Training.Data;

/// <summary>Gray images with a class each, as stored: one byte a pixel.</summary>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Pixels">Shape [count, height, width], 0 … 255.</param>
/// <param name="Labels">Shape [count].</param>
public sealed record LabelledImages(int Height, int Width, byte[] Pixels, byte[] Labels)
{
    private static readonly float[] Scaled =
        [.. Enumerable.Range(0, 256).Select(x => (float)(((x / 255.0) - 0.5) / 0.5))];

    /// <summary>How many images there are.</summary>
    public int Count => Labels.Length;

    /// <summary>Pixels of one image.</summary>
    public int ImageSize => Height * Width;

    /// <summary>The first images, or all where there are fewer.</summary>
    /// <param name="count">How many.</param>
    public LabelledImages First(int count) => count >= Count
        ? this
        : this with { Pixels = Pixels[..(count * ImageSize)], Labels = Labels[..count] };

    /// <summary>The images whose class a condition holds for, in their order.</summary>
    /// <param name="isKept">The condition.</param>
    public LabelledImages Where(Func<byte, bool> isKept)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => isKept(Labels[i]))];
        var pixels = new byte[kept.Length * ImageSize];
        for (var i = 0; i < kept.Length; i++)
        {
            Pixels.AsSpan(kept[i] * ImageSize, ImageSize).CopyTo(pixels.AsSpan(i * ImageSize));
        }

        return this with { Pixels = pixels, Labels = [.. kept.Select(i => Labels[i])] };
    }

    /// <summary>The first images in the box [−1, 1], one after the other.</summary>
    /// <param name="count">How many, at most all.</param>
    /// <returns>Shape [count, height · width].</returns>
    public float[] Flattened(int count)
    {
        var images = new float[count * ImageSize];
        for (var i = 0; i < count; i++)
        {
            CopyTo(i, images.AsSpan(i * ImageSize, ImageSize));
        }

        return images;
    }

    /// <summary>One image in the box [−1, 1]: (x/255 − ½)/½.</summary>
    /// <param name="index">Which image.</param>
    /// <param name="image">Shape [height · width], overwritten.</param>
    public void CopyTo(int index, Span<float> image)
    {
        var pixels = Pixels.AsSpan(index * ImageSize, ImageSize);
        for (var i = 0; i < pixels.Length; i++)
        {
            image[i] = Scaled[pixels[i]];
        }
    }
}
