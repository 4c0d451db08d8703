using System.Collections.Immutable;
using Shared.Reports;
using Training.Data;
using Training.Evaluation;

namespace Training.Experiments;

/// <summary>Which images of those that were trained on lie nearest to samples, and how near.</summary>
/// <param name="trial">Takes the picture and the distances.</param>
/// <param name="data">The images; the training part is what was trained on.</param>
public sealed class NearestReport(ITrial trial, ImageData data)
{
    /// <summary>How many samples are shown, and as many test images measured.</summary>
    public const int Samples = 8;

    /// <summary>How many training images are shown of each.</summary>
    public const int Nearest = 3;

    /// <summary>Stores them.</summary>
    /// <param name="samples">Shape [count, pixels]; the first ones are shown.</param>
    public void Of(float[] samples)
    {
        var size = data.Train.ImageSize;
        var count = Math.Min(Samples, samples.Length / size);
        float[] all = [.. samples.AsSpan(0, count * size), .. data.Test.Flattened(Math.Min(count, data.Test.Count))];
        var found = NearestImages.Of(all, data.Train, Nearest);
        var near = found[..count];
        var picture = NearestPicture.Of(all, data.Train, near, Nearest);
        trial.Store(NearestRecord.PictureName, GrayImage.MediaType, picture.ToPng());

        var record = new NearestRecord(
            data.Train.Count,
            [.. near.Select(one => one.Select(n => n.Distance).ToImmutableArray())],
            [.. near.Select(one => one.Select(n => n.Index).ToImmutableArray())],
            [.. found[count..].Select(one => one[0].Distance)]);
        trial.Store(NearestRecord.FileName, NearestRecord.MediaType, record.ToBytes());
    }
}
