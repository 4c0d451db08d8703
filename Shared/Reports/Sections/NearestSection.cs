using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>Samples beside the training images that lie nearest to them.</summary>
internal static class NearestSection
{
    /// <summary>The section, or nothing where no trial left such a picture.</summary>
    public static Section? Of(ReportModel model)
    {
        var trials = ShownTrial.Of(model, NearestRecord.PictureName);
        if (trials.IsEmpty)
        {
            return null;
        }

        ImmutableArray<Block> blocks =
        [
            .. ShownTrial.SideBySide(trials, BlocksOf, []),
            new Block.Paragraph(
                "Each column: above the line a sample, the first ones as trained, of one replicate; below it the "
                + "training images nearest to it, the nearest first. Distances are L2 over pixels in [−1, 1]. "
                + "Samples of a model that repeats its training images lie nearer to them than test images do.",
                IsNote: true),
        ];
        return new Section(
            "nearest", "Nearest training images", ShownTrial.LeftOut(model) is { } left ? blocks.Add(left) : blocks);
    }

    private static IEnumerable<Block> BlocksOf(ShownTrial shown)
    {
        var record = shown.Left.TryGetValue(NearestRecord.FileName, out var file)
            ? NearestRecord.Read(file.Bytes.AsSpan())
            : null;
        var caption = record is null ? "sample above nearest" : Caption(record);
        yield return new Block.Gallery(shown.Label, [shown.Picture(NearestRecord.PictureName, caption)]);
    }

    private static string Caption(NearestRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"samples, and below each the nearest of {record.Images:#,0} training images; distance to the nearest: ")
        + $"{Range(record.Samples.Select(near => near.FirstOrDefault(float.NaN)))}, of test images "
        + Range(record.Test);

    /// <summary>Least, median and largest of the distances that are numbers.</summary>
    private static string Range(IEnumerable<float> distances)
    {
        double[] sorted = [.. distances.Where(float.IsFinite).Select(d => (double)d).Order()];
        return sorted.Length == 0
            ? "unknown"
            : $"{Spelling.Rounded(sorted[0])} to {Spelling.Rounded(sorted[^1])} "
                + $"(median {Spelling.Rounded(OrderStatistics.Quantile(sorted, 0.5))})";
    }
}
