using Shared.Data;
using Training.Experiments;

namespace Training.Data;

/// <summary>Reads the image sets of the catalogue.</summary>
public static class ImageSetReader
{
    /// <summary>Reads a set from wherever it is, or the files that a sweep names by path.</summary>
    /// <param name="name">Name of the set, or an <see cref="IdxPair"/> in its one spelling.</param>
    /// <param name="places">Where it is looked for.</param>
    /// <exception cref="DataSetException">
    /// There is no such set, or a file of it is missing, damaged or not the published one.
    /// </exception>
    public static ImageData Read(string name, DataPlaces places)
    {
        if (IdxPair.Find(name) is { } pair)
        {
            return IdxPairReader.Read(pair);
        }

        var set = ImageSets.Find(name) ?? throw new DataSetException(
            $"There is no data set {name}; there are {string.Join(" and ", ImageSets.Names)}.");
        return Read(set, places.Find(set));
    }

    /// <summary>Reads the four files of a set, each compressed by gzip or not.</summary>
    /// <param name="set">The set.</param>
    /// <param name="folder">Folder that holds them.</param>
    /// <exception cref="DataSetException">
    /// A file is missing, damaged or not the published one.
    /// </exception>
    public static ImageData Read(ImageSet set, DataFolder folder) =>
        new(set.Name, set.Classes, Read(set, set.Train, folder), Read(set, set.Test, folder));

    /// <summary>Reads a file of a set and compares it with the published one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">Shape of its array.</param>
    /// <param name="folder">Folder that holds it.</param>
    /// <exception cref="DataSetException">It is missing, damaged or not the published one.</exception>
    public static byte[] Read(ImageSetFile file, IReadOnlyList<int> shape, DataFolder folder)
    {
        var path = folder.PathOf(file);
        var array = IdxArray.Read(path, folder.Repair);
        if (!array.Dimensions.SequenceEqual(shape))
        {
            throw new DataSetException(
                $"{path} holds an array of {string.Join(" × ", array.Dimensions)} "
                + $"where {string.Join(" × ", shape)} is expected; {folder.Repair}.");
        }

        return array.Sha256() == file.Sha256
            ? array.Values
            : throw new DataSetException(
                $"{path} is not the published file (SHA-256 of its content is {array.Sha256()[..8]}…, "
                + $"not {file.Sha256[..8]}…); {folder.Repair}.");
    }

    private static LabelledImages Read(ImageSet set, ImageSetPart part, DataFolder folder) => new(
        set.Height,
        set.Width,
        Read(part.Images, [part.Count, set.Height, set.Width], folder),
        Read(part.Labels, [part.Count], folder));
}
