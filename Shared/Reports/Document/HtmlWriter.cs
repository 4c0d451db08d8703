using System.Diagnostics;
using System.Text;
using Shared.Reports.Plots;

namespace Shared.Reports.Document;

/// <summary>Sets a report as one HTML file that needs no script and nothing from elsewhere.</summary>
internal static class HtmlWriter
{
    /// <summary>The file's text.</summary>
    public static string Write(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        text.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        text.Append($"<title>{Svg.Escape(document.Sweep)} – sweep report</title>\n");
        text.Append($"<style>\n{PlotStyle.Css}{HtmlStyle.Css}</style>\n</head>\n<body>\n");
        WriteHeader(text, document);
        text.Append("<main>\n");
        foreach (var section in document.Sections)
        {
            text.Append($"<section id=\"{section.Id}\">\n<h2>{Svg.Escape(section.Title)}</h2>\n");
            foreach (var block in section.Blocks)
            {
                Write(text, block);
            }

            text.Append("</section>\n");
        }

        return text.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void WriteHeader(StringBuilder text, ReportDocument document)
    {
        text.Append($"<header>\n<p class=\"kicker\">Sweep report <b>{Svg.Escape(document.Sweep)}</b></p>\n");
        text.Append($"<h1>{Svg.Escape(document.Question)}</h1>\n<dl class=\"facts\">\n");
        foreach (var (name, value) in document.Facts)
        {
            text.Append($"<div><dt>{Svg.Escape(name)}</dt><dd>{Inline(value)}</dd></div>\n");
        }

        var kind = document.IsFinished ? "finished" : "unfinished";
        text.Append($"</dl>\n<p class=\"status {kind}\">{Inline(document.Status)}</p>\n<nav>");
        text.AppendJoin("", document.Sections.Select(s => $"<a href=\"#{s.Id}\">{Svg.Escape(s.Title)}</a>"));
        text.Append("</nav>\n</header>\n");
    }

    private static void Write(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Block.Subheading heading:
                text.Append($"<h3>{Inline(heading.Text)}</h3>\n");
                break;
            case Block.Paragraph paragraph:
                text.Append(
                    $"<p{(paragraph.IsNote ? " class=\"note\"" : "")}>{Inline(paragraph.Text)}</p>\n");
                break;
            case Block.Points points:
                text.Append("<ul>\n").AppendJoin("", points.Items.Select(i => $"<li>{Inline(i)}</li>\n"));
                text.Append("</ul>\n");
                break;
            case Block.Table table:
                WriteTable(text, table);
                break;
            case Block.Plots plots:
                WritePlots(text, plots);
                break;
            case Block.Plot plot:
                text.Append(
                    $"<figure>{plot.Inline}<figcaption>{Inline(plot.Caption)}</figcaption></figure>\n");
                break;
            case Block.Galleries galleries:
                text.Append("<div class=\"galleries\">\n");
                foreach (var inner in galleries.Items)
                {
                    Write(text, inner);
                }

                text.Append("</div>\n");
                break;
            case Block.Gallery gallery:
                WriteGallery(text, gallery);
                break;
            case Block.Log log:
                text.Append($"<details><summary>{Inline(log.Summary)}</summary>\n");
                text.Append($"<pre>{Svg.Escape(log.Text)}</pre>\n</details>\n");
                break;
            case Block.Folded folded:
                text.Append($"<details><summary>{Inline(folded.Summary)}</summary>\n");
                foreach (var inner in folded.Blocks)
                {
                    Write(text, inner);
                }

                text.Append("</details>\n");
                break;
            default:
                throw new UnreachableException(block.GetType().Name);
        }
    }

    private static void WriteTable(StringBuilder text, Block.Table table)
    {
        string Class(int column) => table.Columns[column].IsNumeric ? " class=\"n\"" : "";
        text.Append("<div class=\"scroll\" tabindex=\"0\"><table>\n");
        if (table.Columns.Any(c => c.Head.Phrases.Length > 0 && c.Head.Text.Length > 0))
        {
            text.Append("<thead><tr>").AppendJoin("", table.Columns.Select(
                (c, i) => $"<th scope=\"col\"{Class(i)}>{Inline(c.Head)}</th>")).Append("</tr></thead>\n");
        }

        text.Append("<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>").AppendJoin("", row.Select((c, i) => $"<td{Class(i)}>{Inline(c)}</td>"));
            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table></div>\n");
    }

    private static void WritePlots(StringBuilder text, Block.Plots plots)
    {
        text.Append("<div class=\"plots\">\n");
        foreach (var plot in plots.Items)
        {
            Write(text, plot);
        }

        if (!plots.Legend.IsEmpty)
        {
            text.Append("<ul class=\"legend\">\n");
            text.AppendJoin("", plots.Legend.Select(l => $"<li>{Inline(l)}</li>\n")).Append("</ul>\n");
        }

        text.Append("</div>\n");
    }

    private static void WriteGallery(StringBuilder text, Block.Gallery gallery)
    {
        text.Append($"<div class=\"gallery\"><p>{Inline(gallery.Caption)}</p><div>\n");
        foreach (var picture in gallery.Pictures)
        {
            text.Append(
                $"<figure><img alt=\"{Svg.Escape(picture.Caption.Text)}\" src=\"data:image/png;base64,");
            text.Append(Convert.ToBase64String([.. picture.Bytes]));
            text.Append($"\"><figcaption>{Inline(picture.Caption)}</figcaption></figure>\n");
        }

        text.Append("</div></div>\n");
    }

    private static string Inline(Prose prose) => string.Concat(prose.Phrases.Select(p => p.Style switch
    {
        PhraseStyle.Code => $"<code>{Breakable(p.Text)}</code>",
        PhraseStyle.Small => $"<small>{Svg.Escape(p.Text)}</small>",
        PhraseStyle.Strong => $"<strong>{Svg.Escape(p.Text)}</strong>",
        PhraseStyle.Drawing => p.Text,
        _ => Svg.Escape(p.Text),
    }));

    /// <summary>A dotted or snake-case name may break after a dot or a low line between letters.</summary>
    private static string Breakable(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            text.Append(Svg.Escape(name[i..(i + 1)]));
            if (name[i] is '.' or '_' && i > 0 && i + 1 < name.Length
                && char.IsAsciiLetter(name[i - 1]) && char.IsAsciiLetter(name[i + 1]))
            {
                text.Append("<wbr>");
            }
        }

        return text.ToString();
    }
}
