using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Training.Data;

namespace Training.Evaluation;

/// <summary>How near images lie to others.</summary>
public static class NearestImages
{
    /// <summary>Mean distance, L2, of each image from the nearest of the others.</summary>
    /// <param name="images">Shape [count, size].</param>
    /// <param name="others">Shape [at least 1, size].</param>
    /// <param name="size">Pixels of an image.</param>
    public static double MeanDistance(ReadOnlySpan<float> images, ReadOnlySpan<float> others, int size)
    {
        var sum = 0.0;
        for (var first = 0; first < images.Length; first += size)
        {
            var image = images.Slice(first, size);
            var nearest = double.PositiveInfinity;
            for (var other = 0; other < others.Length; other += size)
            {
                nearest = Math.Min(nearest, Square(image, others.Slice(other, size)));
            }

            sum += Math.Sqrt(nearest);
        }

        return sum / (images.Length / size);
    }

    /// <summary>The nearest of many stored images to each image, L2 over pixels in [−1, 1].</summary>
    /// <param name="images">Shape [count, size].</param>
    /// <param name="others">The images that are searched.</param>
    /// <param name="count">How many are wanted, at least 1; fewer are found where there are fewer.</param>
    /// <returns>Of each image, the nearest first; of equally near ones that of the lowest index.</returns>
    public static ImmutableArray<ImmutableArray<Neighbour>> Of(
        ReadOnlySpan<float> images, LabelledImages others, int count)
    {
        var size = others.ImageSize;
        var found = new List<(float Square, int Index)>[images.Length / size];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = new List<(float, int)>(count + 1);
        }

        var other = new float[size];
        for (var index = 0; index < others.Count; index++)
        {
            others.CopyTo(index, other);
            for (var i = 0; i < found.Length; i++)
            {
                Keep(found[i], count, (SquareByLanes(images.Slice(i * size, size), other), index));
            }
        }

        return
        [
            .. found.Select(near => near
                .Select(one => new Neighbour(one.Index, (float)Math.Sqrt(one.Square))).ToImmutableArray()),
        ];
    }

    /// <summary>Puts a candidate behind all that are as near; one that is not a number is none.</summary>
    private static void Keep(List<(float Square, int Index)> nearest, int count, (float Square, int Index) candidate)
    {
        var at = nearest.Count;
        while (at > 0 && candidate.Square < nearest[at - 1].Square)
        {
            at--;
        }

        if (at < count && !float.IsNaN(candidate.Square))
        {
            nearest.Insert(at, candidate);
            if (nearest.Count > count)
            {
                nearest.RemoveAt(count);
            }
        }
    }

    /// <summary>
    /// |a − b|² in four sums, of every fourth pixel each: several times faster than one sum, and the same number
    /// on every machine.
    /// </summary>
    private static float SquareByLanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector128<float>.Zero;
        var first = MemoryMarshal.Cast<float, Vector128<float>>(a);
        var second = MemoryMarshal.Cast<float, Vector128<float>>(b);
        for (var i = 0; i < first.Length; i++)
        {
            var distance = first[i] - second[i];
            sums += distance * distance;
        }

        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (var i = first.Length * Vector128<float>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }

    private static double Square(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var distance = a[i] - b[i];
            sum += distance * distance;
        }

        return sum;
    }
}

/// <summary>An image near another one.</summary>
/// <param name="Index">Which of those that were searched.</param>
/// <param name="Distance">L2 over pixels in [−1, 1].</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Neighbour(int Index, float Distance);
