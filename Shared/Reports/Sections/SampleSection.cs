using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>
/// What the models draw: the pictures of one replicate of each configuration, beside real images.
/// </summary>
internal static class SampleSection
{
    private const string Real = "real.png";

    /// <summary>The section, or nothing where no attempt left a picture.</summary>
    public static Section? Of(ReportModel model)
    {
        var pictures = model.Artifacts.Where(a => ReportArtifact.IsShown(a.Entry) && !a.Bytes.IsEmpty)
            .ToLookup(a => a.Entry.Attempt);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var real = model.Trials.Select(t => PicturesOf(t, pictures).FirstOrDefault(a => a.Entry.Name == Real))
            .FirstOrDefault(a => a is not null);
        foreach (var result in model.Configurations)
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

        return new Section("samples", "Samples", [new Block.Galleries([.. blocks.Cast<Block.Gallery>()])]);
    }

    /// <summary>The pictures of the first replicate that has any, completed ones before others.</summary>
    private static Block.Gallery? Shown(
        ConfigurationResult result, ILookup<AttemptId, ReportArtifact> pictures)
    {
        var shown = result.Trials.OrderBy(t => t.IsCompleted ? 0 : 1)
            .FirstOrDefault(t => PicturesOf(t, pictures).Any(a => a.Entry.Name != Real));
        return shown is null
            ? null
            : new Block.Gallery(
                Prose.Strong(ConfigurationSection.Label(result)) + $", replicate {shown.State.Replicate}"
                    + (shown.IsCompleted ? "" : $" ({shown.Status})"),
                [.. PicturesOf(shown, pictures).Where(a => a.Entry.Name != Real)
                    .Select(a => new Picture(
                        $"{result.Configuration.Id}-{FileNames.Safe(a.Entry.Name)}",
                        a.Bytes,
                        Caption(a.Entry.Name)))]);
    }

    private static IEnumerable<ReportArtifact> PicturesOf(
        TrialResult trial, ILookup<AttemptId, ReportArtifact> pictures) =>
        trial.State.Attempts is [.., var last] ? pictures[last.Id] : [];

    private static Prose Caption(string name) => name switch
    {
        "samples.png" => "as trained",
        "samples_fresh.png" => "from fresh noise",
        _ => Prose.Code(name),
    };
}
