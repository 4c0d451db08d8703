using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>
/// What the models draw: the pictures of one replicate of each configuration, beside real images.
/// </summary>
internal static class SampleSection
{
    private const string Real = "real.png";
    private const string RealOnTheWay = "samples_real.png";
    private const string OnTheWay = "samples_";

    /// <summary>The section, or nothing where no attempt left a picture.</summary>
    public static Section? Of(ReportModel model)
    {
        var pictures = model.Artifacts.Where(a => ReportArtifact.IsPicture(a.Entry) && !a.Bytes.IsEmpty)
            .ToLookup(a => a.Entry.Attempt);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var real = model.Trials.Select(t => PicturesOf(t, pictures).FirstOrDefault(a => a.Entry.Name == Real))
            .FirstOrDefault(a => a is not null);
        var foremost = model.Foremost(ShownTrial.ConfigurationLimit);
        foreach (var result in foremost)
        {
            if (Shown(result, pictures) is { } gallery)
            {
                blocks.Add(gallery);
            }
        }

        if (blocks.Count == 0 && real is null)
        {
            return null;
        }

        if (real is not null)
        {
            blocks.Insert(0, new Block.Gallery(
                Prose.Strong("Real images"), [new Picture(Real, real.Bytes, "test images")]));
        }

        ImmutableArray<Block> all = [new Block.Galleries([.. blocks.Cast<Block.Gallery>()])];
        ImmutableArray<Block.Gallery> progress =
            [.. foremost.Select(c => Progress(c, pictures)).OfType<Block.Gallery>()];
        all = ShownTrial.LeftOut(model) is { } left ? all.Add(left) : all;
        return new Section("samples", "Samples", progress.IsEmpty
            ? all
            : all.Add(new Block.Folded("Samples during training", [new Block.Galleries(progress)])));
    }

    /// <summary>The pictures that a trial left on its way, in order, behind one of real images.</summary>
    private static Block.Gallery? Progress(
        ConfigurationResult result, ILookup<AttemptId, ReportArtifact> pictures)
    {
        var shown = result.Trials.OrderBy(t => t.IsCompleted ? 0 : 1)
            .FirstOrDefault(t => PicturesOf(t, pictures).Any(IsOnTheWay));
        if (shown is null)
        {
            return null;
        }

        var all = PicturesOf(shown, pictures).Where(IsOnTheWay);
        var ordered = all.OrderBy(a => a.Entry.Name == RealOnTheWay ? -1 : UpdateOf(a.Entry.Name));
        return new Block.Gallery(
            Prose.Strong(ConfigurationSection.Label(result)) + $", replicate {shown.State.Replicate}"
                + (shown.IsCompleted ? "" : $" ({shown.Status})"),
            [.. ordered.Select(a => Of(result, a, a.Entry.Name == RealOnTheWay
                ? "test images" : $"after update {UpdateOf(a.Entry.Name)}"))]);
    }

    private static bool IsOnTheWay(ReportArtifact artifact) =>
        artifact.Entry.Name == RealOnTheWay || UpdateOf(artifact.Entry.Name) is not null;

    /// <summary>
    /// The update of a name such as <c>samples_000300.png</c>; nothing for any other name.
    /// </summary>
    private static int? UpdateOf(string name) =>
        name.StartsWith(OnTheWay, StringComparison.Ordinal)
        && name.EndsWith(".png", StringComparison.Ordinal)
        && int.TryParse(
            name[OnTheWay.Length..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var update)
            ? update
            : null;

    private static Picture Of(ConfigurationResult result, ReportArtifact artifact, Prose caption) => new(
        $"{result.Configuration.Id}-{FileNames.Safe(artifact.Entry.Name)}", artifact.Bytes, caption);

    /// <summary>The pictures of the first replicate that has any, completed ones before others.</summary>
    private static Block.Gallery? Shown(
        ConfigurationResult result, ILookup<AttemptId, ReportArtifact> pictures)
    {
        var shown = result.Trials.OrderBy(t => t.IsCompleted ? 0 : 1)
            .FirstOrDefault(t => PicturesOf(t, pictures).Any(IsAtTheEnd));
        return shown is null
            ? null
            : new Block.Gallery(
                Prose.Strong(ConfigurationSection.Label(result)) + $", replicate {shown.State.Replicate}"
                    + (shown.IsCompleted ? "" : $" ({shown.Status})"),
                [.. PicturesOf(shown, pictures).Where(IsAtTheEnd)
                    .Select(a => Of(result, a, Caption(a.Entry.Name)))]);
    }

    private static bool IsAtTheEnd(ReportArtifact artifact) =>
        artifact.Entry.Name is not (Real or ChainEnergies.PictureName or NearestRecord.PictureName)
        && !IsOnTheWay(artifact);

    private static IEnumerable<ReportArtifact> PicturesOf(
        TrialResult trial, ILookup<AttemptId, ReportArtifact> pictures) =>
        AttemptChain.Artifacts(trial.State, pictures);

    private static Prose Caption(string name) => name switch
    {
        "samples.png" => "as trained",
        "samples_fresh.png" => "from fresh noise",
        _ => Prose.Code(name),
    };
}
