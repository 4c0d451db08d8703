using System.Collections.Immutable;
using System.IO.Compression;
using Shared.Data;
using Training.Data;

namespace Tests.Training;

/// <summary>A set of three and two images of 2 × 2 pixels, with files that a test can write and damage.</summary>
internal static class SmallImages
{
    private static readonly (string Name, int[] Shape, byte[] Values)[] Files =
    [
        ("train-images-idx3-ubyte", [3, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("train-labels-idx1-ubyte", [3], [0, 1, 1]),
        ("t10k-images-idx3-ubyte", [2, 2, 2], [250, 251, 252, 253, 254, 255, 0, 1]),
        ("t10k-labels-idx1-ubyte", [2], [1, 0]),
    ];

    /// <summary>The set that the files belong to.</summary>
    public static ImageSet Set { get; } = new()
    {
        Name = "small",
        Summary = "Five images of 2 × 2 pixels.",
        Height = 2,
        Width = 2,
        Classes = 2,
        Train = new ImageSetPart(3, File(0), File(1)),
        Test = new ImageSetPart(2, File(2), File(3)),
        Mirrors = [],
        Source = "this test",
    };

    /// <summary>The four files by name, unpacked.</summary>
    public static ImmutableDictionary<string, byte[]> Content { get; } =
        Files.ToImmutableDictionary(file => file.Name, file => Idx(file.Shape, file.Values));

    /// <summary>Writes the four files and gives their set.</summary>
    public static ImageSet WriteTo(string folder, bool packed)
    {
        foreach (var (name, shape, values) in Files)
        {
            Write(Path.Combine(folder, packed ? name + ".gz" : name), shape, values);
        }

        return Set;
    }

    /// <summary>Writes an IDX file, compressed where its name says so.</summary>
    public static void Write(string path, int[] shape, byte[] values)
    {
        var bytes = Idx(shape, values);
        System.IO.File.WriteAllBytes(path, path.EndsWith(".gz", StringComparison.Ordinal) ? Pack(bytes) : bytes);
    }

    /// <summary>Bytes, compressed by gzip.</summary>
    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static ImageSetFile File(int index)
    {
        var (name, shape, values) = Files[index];
        return new ImageSetFile(name, Idx(shape, values).Length, new IdxArray(shape, values).Sha256());
    }

    private static byte[] Idx(int[] shape, byte[] values) =>
    [
        0, 0, 8, (byte)shape.Length,
        .. shape.SelectMany(side => new byte[] { 0, 0, (byte)(side >> 8), (byte)side }),
        .. values,
    ];
}
