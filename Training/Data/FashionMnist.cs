using System.Security.Cryptography;
using Training.Experiments;

namespace Training.Data;

/// <summary>
/// Fashion-MNIST as Debian's package <c>dataset-fashion-mnist</c> installs it: 60,000 and 10,000 images.
/// </summary>
/// <param name="Train">The 60,000 training images, in the order of the file.</param>
/// <param name="Test">The 10,000 test images, in the order of the file.</param>
/// <remarks>Source: Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747.</remarks>
public sealed record FashionMnist(LabelledImages Train, LabelledImages Test)
{
    /// <summary>Name in sweep files.</summary>
    public const string Name = "fashion-mnist";

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";
    private const int Side = 28;

    /// <summary>Reads the four files.</summary>
    /// <exception cref="DataSetException">A file is missing or damaged.</exception>
    public static FashionMnist Load() => Load(Folder(Environment.GetEnvironmentVariable("SWEEP_DATA")));

    /// <summary>Reads the four files, each compressed by gzip or not.</summary>
    /// <param name="folder">Folder that holds them.</param>
    /// <exception cref="DataSetException">A file is missing or damaged.</exception>
    public static FashionMnist Load(string folder) =>
        new(Read(folder, "train", 60_000), Read(folder, "t10k", 10_000));

    /// <summary>
    /// The folder of the files: <c>fashion-mnist</c> within <paramref name="root"/>, or <paramref
    /// name="root"/> itself where there is none; Debian's folder without one.
    /// </summary>
    /// <param name="root">Value of the environment variable <c>SWEEP_DATA</c>.</param>
    public static string Folder(string? root)
    {
        if (string.IsNullOrEmpty(root))
        {
            return DebianFolder;
        }

        var inner = Path.Combine(root, Name);
        return Directory.Exists(inner) ? inner : root;
    }

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

    private static LabelledImages Read(string folder, string part, int count)
    {
        var pixels = Read(folder, $"{part}-images-idx3-ubyte", [count, Side, Side]);
        var labels = Read(folder, $"{part}-labels-idx1-ubyte", [count]);
        return labels.Values.All(label => label < Classes)
            ? new LabelledImages(Side, Side, pixels.Values, labels.Values)
            : throw new DataSetException(
                $"The labels of {Path.Combine(folder, part)} are not all below {Classes}; {Repair(folder)}.");
    }

    private static IdxArray Read(string folder, string name, int[] shape)
    {
        var plain = Path.Combine(folder, name);
        var path = File.Exists(plain) ? plain : plain + ".gz";
        var array = IdxArray.Read(path, Repair(folder));
        return array.Dimensions.SequenceEqual(shape)
            ? array
            : throw new DataSetException(
                $"{path} holds an array of {string.Join(" × ", array.Dimensions)} "
                + $"where {string.Join(" × ", shape)} is expected; {Repair(folder)}.");
    }

    private static string Repair(string folder) =>
        folder == DebianFolder
            ? "run apt-get install --reinstall dataset-fashion-mnist, "
            + "or let SWEEP_DATA name a folder that holds the files"
            : "put the original file there, "
            + "or unset SWEEP_DATA to use Debian's package dataset-fashion-mnist";
}
