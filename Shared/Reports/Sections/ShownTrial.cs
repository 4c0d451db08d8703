using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Reports.Plots;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>
/// The trial whose artifacts stand for its configuration: the first replicate that left them, completed ones
/// before others.
/// </summary>
/// <param name="Result">The configuration.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Left">Its artifacts by name, of each the newest.</param>
internal sealed record ShownTrial(
    ConfigurationResult Result, TrialResult Trial, ImmutableDictionary<string, ReportArtifact> Left)
{
    /// <summary>A page shows so many configurations, those with the best means.</summary>
    public const int ConfigurationLimit = 24;

    /// <summary>More configurations than this are folded away behind the first ones.</summary>
    public const int OpenLimit = 4;

    /// <summary>Which trial it is.</summary>
    public Prose Label => Prose.Strong(ConfigurationSection.Label(Result))
        + $", replicate {Trial.State.Replicate}" + (Trial.IsCompleted ? "" : $" ({Trial.Status})");

    /// <summary>Of the foremost configurations those of which a trial left an artifact of this name.</summary>
    public static ImmutableArray<ShownTrial> Of(ReportModel model, string name)
    {
        var artifacts = model.Artifacts.Where(a => !a.Bytes.IsEmpty).ToLookup(a => a.Entry.Attempt);
        return
        [
            .. model.Foremost(ConfigurationLimit)
                .Select(c => Of(c, artifacts, name)).OfType<ShownTrial>(),
        ];
    }

    /// <summary>Blocks of trials side by side: those of the first few, and the others folded away.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="blocks">Plots and galleries of one of them.</param>
    /// <param name="legend">What tells the lines of plots apart; empty for none.</param>
    public static IEnumerable<Block> SideBySide(
        ImmutableArray<ShownTrial> trials,
        Func<ShownTrial, IEnumerable<Block>> blocks,
        ImmutableArray<Prose> legend)
    {
        yield return new Block.Plots([.. trials.Take(OpenLimit).SelectMany(blocks)], legend);
        if (trials.Length > OpenLimit)
        {
            var rest = trials.Skip(OpenLimit).SelectMany(blocks);
            yield return new Block.Folded("More configurations", [new Block.Plots([.. rest], [])]);
        }
    }

    /// <summary>Which configurations a page leaves out, or nothing where it has all.</summary>
    public static Block.Paragraph? LeftOut(ReportModel model) => model.Configurations.Length <= ConfigurationLimit
        ? null
        : new Block.Paragraph(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {ConfigurationLimit} of {model.Configurations.Length} configurations with the best means; the "
                    + $"store has the pictures of the others."),
            IsNote: true);

    /// <summary>An artifact as a picture of the report.</summary>
    public Picture Picture(string name, Prose caption) =>
        new($"{Result.Configuration.Id}-{FileNames.Safe(name)}", Left[name].Bytes, caption);

    /// <summary>A drawing as a plot of the report.</summary>
    /// <param name="name">What its file is called, behind the configuration.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="drawing">The drawing.</param>
    /// <param name="series">What a legend names.</param>
    /// <param name="about">What the caption says beside title and trial.</param>
    public Block.Plot Plot(
        string name, string title, PlotDrawing drawing, ImmutableArray<PlotSeries> series, string about) => new(
        $"{Result.Configuration.Id}-{name}",
        PlotStyle.Inline($"{title}: {Label.Text}", drawing),
        PlotStyle.Standalone($"{title}: {Label.Text}", drawing, series),
        string.Join(' ', new[] { $"{title}: {Label.Text}.", about, drawing.Note }.Where(part => part.Length > 0)));

    private static ShownTrial? Of(
        ConfigurationResult result, ILookup<AttemptId, ReportArtifact> artifacts, string name)
    {
        foreach (var trial in result.Trials.OrderBy(t => t.IsCompleted ? 0 : 1))
        {
            var left = AttemptChain.Artifacts(trial.State, artifacts)
                .ToImmutableDictionary(a => a.Entry.Name, StringComparer.Ordinal);
            if (left.ContainsKey(name))
            {
                return new ShownTrial(result, trial, left);
            }
        }

        return null;
    }
}
