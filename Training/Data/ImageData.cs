using System.Security.Cryptography;

namespace Training.Data;

/// <summary>The images that a trial trains on and is measured on.</summary>
/// <param name="Name">What sweep files call them.</param>
/// <param name="Classes">Number of classes; every label is below it.</param>
/// <param name="Train">Training images, in the order of their file.</param>
/// <param name="Test">Test images of the same size, in the order of their file.</param>
public sealed record ImageData(string Name, int Classes, LabelledImages Train, LabelledImages Test)
{
    /// <summary>Shape of one image: [1, height, width].</summary>
    public IReadOnlyList<long> Shape => [1, Train.Height, Train.Width];

    /// <summary>
    /// SHA-256, in hexadecimal, over the pixels and labels of both parts: the same however files are
    /// packed.
    /// </summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (LabelledImages[])[Train, Test])
        {
            hash.AppendData(part.Pixels);
            hash.AppendData(part.Labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
