using System.Diagnostics;
using System.Text;

namespace Shared.Reports.Document;

/// <summary>Sets a report in GitHub-flavoured Markdown; pictures are links to files beside it.</summary>
/// <remarks>
/// Escapes: CommonMark 0.31, section 2.4; tables: GitHub Flavored Markdown 0.29, section 4.10.
/// </remarks>
internal static class MarkdownWriter
{
    private const string Escaped = "\\`*_{}[]<>#|~$!&";

    /// <summary>The file's text.</summary>
    public static string Write(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Escape(document.Question)).Append("\n\n");
        text.Append("| | |\n|---|---|\n");
        foreach (var (name, value) in document.Facts)
        {
            text.Append("| ").Append(Escape(name)).Append(" | ").Append(Inline(value)).Append(" |\n");
        }

        text.Append("| state | ").Append(Inline(document.Status)).Append(" |\n");
        foreach (var section in document.Sections)
        {
            text.Append("\n## ").Append(Escape(section.Title)).Append('\n');
            foreach (var block in section.Blocks)
            {
                Write(text, block);
            }
        }

        return text.ToString();
    }

    /// <summary>Text that Markdown shows as it stands, on one line.</summary>
    public static string Escape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var character in LogText.Visible(raw).Replace('\n', ' ').Replace('\t', ' '))
        {
            if (Escaped.Contains(character, StringComparison.Ordinal))
            {
                text.Append('\\');
            }

            text.Append(character);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Block block)
    {
        text.Append('\n');
        switch (block)
        {
            case Block.Subheading heading:
                text.Append("### ").Append(Inline(heading.Text)).Append('\n');
                break;
            case Block.Paragraph paragraph:
                text.Append(Inline(paragraph.Text)).Append('\n');
                break;
            case Block.Points points:
                text.AppendJoin("", points.Items.Select(i => $"* {Inline(i)}\n"));
                break;
            case Block.Table table:
                WriteTable(text, table);
                break;
            case Block.Plot plot:
                text.Append(Link(plot)).Append('\n');
                break;
            case Block.Plots plots:
                text.AppendJoin("\n\n", plots.Items.Select(Item)).Append('\n');
                break;
            case Block.Galleries galleries:
                foreach (var inner in galleries.Items)
                {
                    Write(text, inner);
                }

                break;
            case Block.Gallery gallery:
                text.Append(Item(gallery)).Append('\n');
                break;
            case Block.Log log:
                WriteLog(text, log);
                break;
            case Block.Folded folded:
                text.Append(Inline(folded.Summary)).Append('\n');
                foreach (var inner in folded.Blocks)
                {
                    Write(text, inner);
                }

                break;
            default:
                throw new UnreachableException(block.GetType().Name);
        }
    }

    /// <summary>What may stand beside a plot: a plot or a gallery, without the line's end.</summary>
    private static string Item(Block block) => block switch
    {
        Block.Plot plot => Link(plot),
        Block.Gallery gallery => $"{Inline(gallery.Caption)}\n\n" + string.Join('\n', gallery.Pictures.Select(
            p => $"![{Inline(p.Caption)}]({FileNames.Picture(p.Name)})")),
        _ => throw new UnreachableException(block.GetType().Name),
    };

    private static string Link(Block.Plot plot) =>
        $"![{Escape(plot.Name)}]({FileNames.Curve(plot.Name)})\n\n{Inline(plot.Caption)}";

    private static void WriteTable(StringBuilder text, Block.Table table)
    {
        text.Append("| ").AppendJoin(" | ", table.Columns.Select(c => Inline(c.Head))).Append(" |\n|");
        text.AppendJoin("|", table.Columns.Select(c => c.IsNumeric ? "---:" : "---")).Append("|\n");
        foreach (var row in table.Rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Inline)).Append(" |\n");
        }
    }

    private static void WriteLog(StringBuilder text, Block.Log log)
    {
        var fence = new string('`', Math.Max(3, LongestRun(log.Text, '`') + 1));
        text.Append(Inline(log.Summary)).Append("\n\n").Append(fence).Append("text\n");
        text.Append(log.Text).Append('\n').Append(fence).Append('\n');
    }

    private static int LongestRun(string text, char character)
    {
        var (longest, run) = (0, 0);
        foreach (var one in text)
        {
            run = one == character ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string Inline(Prose prose) => string.Concat(prose.Phrases.Select(p => p.Style switch
    {
        PhraseStyle.Code => Code(p.Text),
        PhraseStyle.Drawing => "",
        PhraseStyle.Strong => $"**{Escape(p.Text)}**",
        PhraseStyle.Small => " " + Escape(p.Text),
        _ => Escape(p.Text),
    }));

    /// <summary>A code span; text that a code span cannot hold on one line of a table stays plain.</summary>
    private static string Code(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny("`|\n\r\t\\") || text.Trim() != text
            ? Escape(text)
            : $"`{LogText.Visible(text)}`";
}
