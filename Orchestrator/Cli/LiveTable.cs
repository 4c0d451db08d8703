using System.Collections.Immutable;
using Shared.Sweeps;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>Progress as a table that is drawn again and again on a terminal.</summary>
/// <param name="context">Where it is drawn.</param>
/// <param name="metrics">Names of the headline metrics.</param>
/// <param name="sentence">What its foot says until something else is said.</param>
public sealed class LiveTable(LiveDisplayContext context, ImmutableArray<string> metrics, string sentence)
    : IProgressDisplay
{
    /// <summary>What the foot says while the program runs the sweep itself.</summary>
    public const string HandsBack = "Ctrl-C hands back what runs; ./sweep resume goes on";

    private const int LinesAroundRows = 8;
    private const int FewestRows = 4;
    private const int WideEnough = 110;   // columns of the terminal; below, the first metric has to do
    private const int NarrowRest = 59;   // what the columns beside the label take
    private const int WideRest = 86;
    private const int FewestLetters = 12;

    private string _sentence = sentence;

    /// <inheritdoc/>
    public void Show(SweepState state, ImmutableArray<TrialProgress> rows, DateTimeOffset now)
    {
        context.UpdateTarget(Draw(state, rows, AnsiConsole.Profile.Height - LinesAroundRows));
        context.Refresh();
    }

    /// <inheritdoc/>
    public void Say(string sentence) => _sentence = sentence;

    private Rows Draw(SweepState state, ImmutableArray<TrialProgress> rows, int height)
    {
        var isNarrow = AnsiConsole.Profile.Width < WideEnough;
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn(new TableColumn("trial").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("parameters"));
        table.AddColumn(new TableColumn("rep").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("state").NoWrap());
        string[] numbers = isNarrow
            ? ["update", .. metrics.Take(1), "ETA"]
            : ["update", .. metrics, "updates/s", "ETA"];
        foreach (var name in numbers)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        var shown = Choose(rows, Math.Max(FewestRows, height));
        foreach (var row in shown)
        {
            table.AddRow(Cells(row, isNarrow));
        }

        return new Rows(Head(state, rows), table, Foot(rows, rows.Length - shown.Length));
    }

    /// <summary>
    /// Where not all fit: what runs first, then what ended last, then what waits; in trial order.
    /// </summary>
    private static ImmutableArray<TrialProgress> Choose(ImmutableArray<TrialProgress> rows, int height) =>
        rows.Length <= height
            ? rows
            : [.. rows
                .OrderBy(r => r.Phase switch { TrialPhase.Running => 0, TrialPhase.Ended => 1, _ => 2 })
                .ThenByDescending(r => r.Phase == TrialPhase.Ended ? EndOf(r.Trial) : null)
                .ThenBy(r => r.Trial.Number)
                .Take(height)
                .OrderBy(r => r.Trial.Number)];

    /// <summary>Nothing for a trial that was cancelled before it ran.</summary>
    private static DateTimeOffset? EndOf(TrialState trial) =>
        trial.Attempts is [.., var last] ? last.EndedAt : null;

    private static Text[] Cells(TrialProgress row, bool isNarrow)
    {
        var style = row.Phase == TrialPhase.Waiting ? new Style(Color.Grey) : Style.Plain;
        var isShown = row.Phase != TrialPhase.Waiting;
        return
        [
            new Text($"{row.Trial.Number}", style),
            new Text(Shorten(row.Label, isNarrow), style),
            new Text($"{row.Trial.Replicate}", style),
            new Text(ProgressText.State(row), new Style(ColorOf(row))),
            new Text($"{row.Step}/{row.Updates}", style),
            .. row.Values
                .Take(isNarrow ? 1 : row.Values.Length)
                .Select(v => new Text(ProgressText.Number(v), style)),
            .. isNarrow ? [] : (Text[])[new(isShown ? ProgressText.Number(row.UpdatesPerSecond) : "–", style)],
            new Text(row.Took is { } took && row.Phase == TrialPhase.Ended
                ? $"took {ProgressText.Time(took)}"
                : ProgressText.Time(row.Remaining), style),
        ];
    }

    /// <summary>A label that leaves the other columns whole.</summary>
    private static string Shorten(string label, bool isNarrow)
    {
        var room = Math.Max(FewestLetters, AnsiConsole.Profile.Width - (isNarrow ? NarrowRest : WideRest));
        return label.Length <= room ? label : $"{label[..(room - 1)]}…";
    }

    private static Color ColorOf(TrialProgress row) => (row.Phase, row.Trial.Outcome) switch
    {
        (TrialPhase.Waiting, _) => Color.Grey,
        (TrialPhase.Running, _) => Color.Blue,
        (_, Outcome.Completed) => Color.Green,
        (_, Outcome.Diverged) => Color.Yellow,
        _ => Color.Red,
    };

    private static Text Head(SweepState state, ImmutableArray<TrialProgress> rows)
    {
        var counts = rows
            .GroupBy(ProgressText.State, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Count()} {g.Key}");
        return new Text($"{state.Name}: {string.Join(", ", counts)}", new Style(decoration: Decoration.Bold));
    }

    private Text Foot(ImmutableArray<TrialProgress> rows, int hidden)
    {
        var more = hidden > 0 ? $"and {hidden} more trials; " : "";
        return new Text(
            $"{more}about {ProgressText.Time(SweepProgress.Remaining(rows))} to go. {_sentence}",
            new Style(Color.Grey));
    }
}
