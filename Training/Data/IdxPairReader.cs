using Shared.Data;
using Training.Experiments;

namespace Training.Data;

/// <summary>Reads images and labels that a sweep file names by path.</summary>
public static class IdxPairReader
{
    /// <summary>Rows and columns of the images that the networks take.</summary>
    public const int Side = 28;

    private const string Repair = "name another file in the sweep file's key data";

    /// <summary>Reads the files of a pair; classes are one more than the largest label.</summary>
    /// <param name="pair">The files, named from the root.</param>
    /// <exception cref="DataSetException">
    /// A file is missing or damaged, or they do not fit together.
    /// </exception>
    public static ImageData Read(IdxPair pair)
    {
        var images = Read(pair.Images, pair.Labels);
        var (train, test) = pair is { TestImages: { } testImages, TestLabels: { } testLabels }
            ? (images, Read(testImages, testLabels))
            : Split(images, pair.Images);
        var classes = 1 + Math.Max((int)train.Labels.Max(), test.Labels.Max());
        return new ImageData(pair.ToString(), classes, train, test);
    }

    private static LabelledImages Read(string imagesPath, string labelsPath)
    {
        var images = Read(imagesPath, rank: 3, "images × rows × columns");
        var labels = Read(labelsPath, rank: 1, "as many labels as there are images");
        var (count, height, width) = (images.Dimensions[0], images.Dimensions[1], images.Dimensions[2]);
        if (height != Side || width != Side)
        {
            throw new DataSetException(
                $"{imagesPath} holds images of {height} × {width} and the networks take {Side} × {Side}; "
                + $"{Repair}.");
        }

        if (count != labels.Dimensions[0])
        {
            throw new DataSetException(
                $"{imagesPath} holds {count} images and {labelsPath} holds {labels.Dimensions[0]} labels; "
                + $"{Repair}.");
        }

        return count > 0
            ? new LabelledImages(height, width, images.Values, labels.Values)
            : throw new DataSetException($"{imagesPath} holds no images; {Repair}.");
    }

    private static IdxArray Read(string path, int rank, string expected)
    {
        var array = IdxArray.Read(path, Repair);
        return array.Dimensions.Count == rank
            ? array
            : throw new DataSetException(
                $"{path} holds an array of {string.Join(" × ", array.Dimensions)} where {expected} "
                + $"are expected; {Repair}.");
    }

    /// <summary>The first images to train on, the last sixth to measure on, in file order.</summary>
    private static (LabelledImages Train, LabelledImages Test) Split(LabelledImages all, string path)
    {
        var test = all.Count / IdxPair.TestShare;
        if (test == 0)
        {
            throw new DataSetException(
                $"{path} holds {all.Count} images, too few to split off a test part; name test_images and "
                + "test_labels in the sweep file's key data.");
        }

        var train = all.Count - test;
        return (
            all with { Pixels = all.Pixels[..(train * all.ImageSize)], Labels = all.Labels[..train] },
            all with { Pixels = all.Pixels[(train * all.ImageSize)..], Labels = all.Labels[train..] });
    }
}
