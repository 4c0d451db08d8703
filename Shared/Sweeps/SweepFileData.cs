using Shared.Data;
using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>Reads the key <c>data</c> of a sweep file: the name of a set, or paths of IDX files.</summary>
internal static class SweepFileData
{
    /// <summary>How a sweep file names files of its own.</summary>
    public const string Paths = "{images: PATH, labels: PATH}";

    private const string Key = "data";
    private static readonly string[] Keys = ["images", "labels", "test_images", "test_labels"];

    /// <summary>The data; nothing where the experiment makes its own or a problem was noted.</summary>
    public static string? Read(
        SweepFileSection section, ExperimentDeclaration? experiment, SweepFileFindings findings)
    {
        if (experiment is null)
        {
            return null;
        }

        var entry = section.Find(Key);
        if (experiment.DataSets.IsEmpty)
        {
            if (entry is not null)
            {
                section.Refuse(entry, experiment.IsEvaluation
                    ? "no data set: an evaluation measures on the data of the sweep that it follows from"
                    : $"no data set: {experiment.Name} makes its own data");
            }

            return null;
        }

        if (entry?.Value is SweepFileNode.Map map)
        {
            return ReadPair(new SweepFileSection(map, Key, entry.Place, findings))?.ToString();
        }

        var written = (entry?.Value as SweepFileNode.Scalar)?.Text ?? "";
        return section.Text(
            Key,
            $"{SweepFileSuggestion.Among(written, experiment.DataSets)}, or {Paths}",
            text => experiment.DataSets.Contains(text));
    }

    private static IdxPair? ReadPair(SweepFileSection section)
    {
        section.RefuseOthers(Keys);
        var images = Path(section, "images");
        var labels = Path(section, "labels");
        var hasTest = Keys[2..].Any(key => section.Find(key) is not null);
        var testImages = hasTest ? Path(section, "test_images") : null;
        var testLabels = hasTest ? Path(section, "test_labels") : null;
        return images is null || labels is null || (hasTest && (testImages is null || testLabels is null))
            ? null
            : new IdxPair(images, labels, testImages, testLabels);
    }

    private static string? Path(SweepFileSection section, string key) => section.Text(
        key,
        "the path of an IDX file, absolute or from the sweep file's folder",
        text => text.Length > 0 && !text.Any(char.IsControl));
}
