using Shared.Data;
using Training.Experiments;

namespace Training.Data;

/// <summary>Says of every set where it is and whether it is whole.</summary>
public static class ImageSetListing
{
    /// <summary>Reads every set of the catalogue from one end to the other.</summary>
    /// <param name="places">Where they are looked for.</param>
    /// <exception cref="DataSetException">A folder that was named does not exist.</exception>
    public static IReadOnlyList<ImageSetStatus> Of(DataPlaces places) =>
        [.. ImageSets.All.Select(set => Of(set, places))];

    /// <summary>Reads a set from one end to the other.</summary>
    /// <param name="set">The set.</param>
    /// <param name="places">Where it is looked for.</param>
    /// <exception cref="DataSetException">A folder that was named does not exist.</exception>
    public static ImageSetStatus Of(ImageSet set, DataPlaces places)
    {
        var folders = places.FoldersOf(set);
        if (folders.FirstOrDefault(candidate => candidate.HoldsAny(set)) is not { } folder)
        {
            var looked = string.Join(", ", folders.Select(candidate => candidate.Path));
            return new ImageSetStatus(
                set.Name, ImageSetState.Missing, null, 0, $"in none of {looked}", DataPlaces.HowToGet(set));
        }

        var bytes = set.Files.Select(file => new FileInfo(folder.PathOf(file)))
            .Sum(file => file.Exists ? file.Length : 0);
        try
        {
            ImageSetReader.Read(set, folder);
            return new ImageSetStatus(
                set.Name, ImageSetState.Verified, folder.Path, bytes, null, DataPlaces.HowToGet(set));
        }
        catch (DataSetException wrong)
        {
            return new ImageSetStatus(
                set.Name, ImageSetState.Damaged, folder.Path, bytes, wrong.Message, folder.Repair);
        }
    }
}
