using System.Collections.Immutable;

namespace Shared.Data;

/// <summary>The image sets that sweep files may name.</summary>
/// <remarks>
/// Checksums are of the unpacked files: Debian and the mirrors compress the same bytes differently. Those of
/// MNIST were taken from archives that have the published MD5 sums (<c>train-images</c> f68b3c2d…,
/// <c>train-labels</c> d53e105e…, <c>t10k-images</c> 9fb629c4…, <c>t10k-labels</c> ec29112d…), those of
/// Fashion-MNIST from Debian's package.
/// </remarks>
public static class ImageSets
{
    private const int Side = 28;
    private const int HeaderOfImages = 16;
    private const int HeaderOfLabels = 8;

    /// <summary>Fashion-MNIST: articles of clothing.</summary>
    public static readonly ImageSet FashionMnist = new()
    {
        Name = "fashion-mnist",
        Summary = "Articles of clothing in 10 classes, gray, 28 × 28: 60,000 and 10,000 images.",
        Height = Side,
        Width = Side,
        Classes = 10,
        Train = Part(
            "train", 60_000,
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        Test = Part(
            "t10k", 10_000,
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        Mirrors =
        [
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ],
        Package = new DebianPackage("dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist"),
        Source = "Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747",
    };

    /// <summary>MNIST: handwritten digits.</summary>
    public static readonly ImageSet Mnist = new()
    {
        Name = "mnist",
        Summary = "Handwritten digits in 10 classes, gray, 28 × 28: 60,000 and 10,000 images.",
        Height = Side,
        Width = Side,
        Classes = 10,
        Train = Part(
            "train", 60_000,
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        Test = Part(
            "t10k", 10_000,
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        Mirrors =
        [
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "http://yann.lecun.com/exdb/mnist/",
        ],
        Source = "LeCun, Bottou, Bengio and Haffner 1998, Proceedings of the IEEE 86(11)",
    };

    /// <summary>Every set, by name.</summary>
    public static ImmutableArray<ImageSet> All { get; } = [FashionMnist, Mnist];

    /// <summary>
    /// The names of every set: what experiments on images accept as <c>data</c>.
    /// </summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(set => set.Name)];

    /// <summary>The set of a name, or nothing.</summary>
    public static ImageSet? Find(string name) => All.FirstOrDefault(set => set.Name == name);

    private static ImageSetPart Part(string part, int count, string ofImages, string ofLabels) => new(
        count,
        new ImageSetFile($"{part}-images-idx3-ubyte", HeaderOfImages + ((long)count * Side * Side), ofImages),
        new ImageSetFile($"{part}-labels-idx1-ubyte", HeaderOfLabels + count, ofLabels));
}
