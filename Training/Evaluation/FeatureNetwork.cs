using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using TorchSharp.Modules;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>
/// The frozen classifier whose 64 penultimate features FID-clf compares: conv 1-16 k3 s2 p1, ReLU, conv
/// 16-32 k3 s2 p1, ReLU, flatten, linear 1568-64, ReLU. Not comparable with Inception FID, nor across
/// networks.
/// </summary>
/// <remarks>Trained by <c>Features/train_features.py</c>, which states data, noise and seed.</remarks>
public sealed class FeatureNetwork : IDisposable
{
    private const int FeatureWidth = 64;
    private const int Classes = 10;
    private const int BatchSize = 250;
    private static readonly long[] ImageShape = [1, 28, 28];

    private readonly nn.Module<Tensor, Tensor> _layers;
    private readonly nn.Module<Tensor, Tensor> _head;

    private FeatureNetwork(byte[] weights)
    {
        Hash = HashOf(weights);
        _layers = nn.Sequential(
            nn.Conv2d(1, 16, 3, 2, 1),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, 2, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(1568, FeatureWidth),
            nn.ReLU());
        var left = MemoryMarshal.Cast<byte, float>(weights.AsSpan());
        _head = nn.Linear(FeatureWidth, Classes);
        Parameter[] parameters = [.. _layers.parameters(), .. _head.parameters()];
        if (left.Length != parameters.Sum(parameter => parameter.Floats().Length))
        {
            throw new ArgumentException(
                $"{weights.Length} bytes are not the weights of this network", nameof(weights));
        }

        foreach (var parameter in parameters)
        {
            parameter.requires_grad = false;
            var target = parameter.Floats();
            left[..target.Length].CopyTo(target);
            left = left[target.Length..];
        }
    }

    /// <summary>SHA-256 of the weights, in hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The network of a data set.</summary>
    /// <param name="data">Name of the data set, such as <c>fashion-mnist</c>.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static FeatureNetwork Of(string data) => Find(data)
        ?? throw new InvalidOperationException($"There is no feature network for {data}");

    /// <summary>The network of a data set, or nothing: files that a sweep names by path have none.</summary>
    /// <param name="data">Name of the data set, such as <c>fashion-mnist</c>.</param>
    public static FeatureNetwork? Find(string data) =>
        WeightsOf(data) is { } weights ? new FeatureNetwork(weights) : null;

    /// <summary>The hash of a data set's network, without building it; nothing where there is none.</summary>
    /// <param name="data">Name of the data set, such as <c>fashion-mnist</c>.</param>
    public static string? HashOf(string data) => WeightsOf(data) is { } weights ? HashOf(weights) : null;

    /// <summary>Features of images.</summary>
    /// <param name="images">In [−1, 1], shape [count, 784].</param>
    /// <returns>Shape [count, 64].</returns>
    public Matrix<double> Features(ReadOnlySpan<float> images)
    {
        using var gradientFree = no_grad();
        var size = (int)ImageShape.Aggregate(1L, (product, side) => product * side);
        var features = Matrix<double>.Build.Dense(images.Length / size, FeatureWidth);
        for (var first = 0; first < features.RowCount; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(BatchSize, features.RowCount - first);
            var batch = empty([count, .. ImageShape]);
            images.Slice(first * size, count * size).CopyTo(batch.Floats());
            var values = _layers.forward(batch).contiguous().Floats();
            for (var i = 0; i < values.Length; i++)
            {
                features[first + (i / FeatureWidth), i % FeatureWidth] = values[i];
            }
        }

        return features;
    }

    /// <summary>How many images the network gives to each class.</summary>
    /// <param name="images">In [−1, 1], shape [count, 784].</param>
    /// <returns>One count a class.</returns>
    public ImmutableArray<long> ClassCounts(ReadOnlySpan<float> images)
    {
        using var gradientFree = no_grad();
        using var scope = NewDisposeScope();
        var features = Features(images);
        var batch = empty([features.RowCount, FeatureWidth]);
        features.ToRowMajorArray().Select(value => (float)value).ToArray().CopyTo(batch.Floats());
        var counts = new long[Classes];
        foreach (var predicted in _head.forward(batch).argmax(1).Longs())
        {
            counts[predicted]++;
        }

        return [.. counts];
    }

    /// <summary>Class probabilities of images.</summary>
    /// <param name="images">In [−1, 1], shape [count, 784].</param>
    /// <returns>Shape [count, 10], each row of sum 1.</returns>
    public Matrix<double> Probabilities(ReadOnlySpan<float> images)
    {
        var logits = ModelOutputs.Of(x => _head.forward(_layers.forward(x)), images, ImageShape);
        return Matrix<double>.Build.DenseOfRows(logits.EnumerateRows().Select(row =>
        {
            var weights = (row - row.Maximum()).PointwiseExp();
            return weights / weights.Sum();
        }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _layers.Dispose();
        _head.Dispose();
    }

    private static string HashOf(byte[] weights) => Convert.ToHexStringLower(SHA256.HashData(weights));

    private static byte[]? WeightsOf(string data)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{data}.f32");
        if (resource is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
