using System.Text;

namespace Shared.Reports.Document;

/// <summary>
/// Sets the tables of a report in LaTeX, for a paper to include: packages booktabs and graphicx.
/// </summary>
/// <remarks>
/// Special characters: Lamport, LaTeX: A Document Preparation System, 2nd edition (1994), section 2.1. What a paper
/// has no use for, logs and lists that HTML folds away, is left out.
/// </remarks>
internal static class TexWriter
{
    private static readonly string[] Sections = ["configurations", "tables", "effects", "interactions", "differences"];

    /// <summary>The file's text.</summary>
    public static string Write(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append("% Tables of the sweep ").Append(Comment(document.Sweep)).Append(": ")
            .Append(Comment(document.Question)).Append('\n')
            .Append("% \\usepackage{booktabs,graphicx}, then \\input this file.\n");
        foreach (var section in document.Sections.Where(s => Sections.Contains(s.Id, StringComparer.Ordinal)))
        {
            Write(text, document, section);
        }

        return text.ToString();
    }

    /// <summary>Text that LaTeX sets as it stands, on one line.</summary>
    public static string Escape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var character in LogText.Visible(raw))
        {
            text.Append(Spell(character));
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportDocument document, Section section)
    {
        var about = Prose.Empty;
        var number = 0;
        foreach (var block in section.Blocks)
        {
            about = block is Block.Subheading heading ? ": " + heading.Text : about;
            if (block is Block.Table table)
            {
                number++;
                text.Append("\n\\begin{table}\n\\centering\n\\caption{").Append(Escape(section.Title))
                    .Append(Inline(about)).Append(".}\n\\label{tab:").Append(Label(document.Sweep)).Append('-')
                    .Append(section.Id).Append('-').Append(number).Append("}\n");
                Write(text, table);
                text.Append("\\end{table}\n");
            }
        }
    }

    private static void Write(StringBuilder text, Block.Table table)
    {
        text.Append("\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n\\begin{tabular}{")
            .AppendJoin("", table.Columns.Select(c => c.IsNumeric ? 'r' : 'l')).Append("}\n\\toprule\n");
        Row(text, table.Columns.Select(c => c.Head));
        text.Append("\\midrule\n");
        foreach (var row in table.Rows)
        {
            Row(text, row);
        }

        text.Append("\\bottomrule\n\\end{tabular}}\n");
    }

    private static void Row(StringBuilder text, IEnumerable<Prose> cells) =>
        text.AppendJoin(" & ", cells.Select(Inline)).Append(" \\\\\n");

    private static string Inline(Prose prose) => string.Concat(prose.Phrases.Select(p => p.Style switch
    {
        PhraseStyle.Code => $"\\texttt{{{Escape(p.Text)}}}",
        PhraseStyle.Drawing => "",
        PhraseStyle.Strong => $"\\textbf{{{Escape(p.Text)}}}",
        PhraseStyle.Small => $" {{\\footnotesize {Escape(p.Text)}}}",
        _ => Escape(p.Text),
    }));

    private static string Comment(string text) => LogText.Visible(text).Replace('\n', ' ').Replace('\r', ' ');

    private static string Label(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '-'));

    private static string Spell(char character) => character switch
    {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '<' => "$<$",
        '>' => "$>$",
        '|' => "$|$",
        '"' => "''",
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{character}",
        '\n' or '\t' => " ",
        '\u00a0' => "~",
        '−' => "$-$",
        '±' => "$\\pm$",
        '×' => "$\\times$",
        '→' => "$\\rightarrow$",
        '↑' => "$\\uparrow$",
        '↓' => "$\\downarrow$",
        '∞' => "$\\infty$",
        '≤' => "$\\leq$",
        '≥' => "$\\geq$",
        'τ' => "$\\tau$",
        'η' => "$\\eta$",
        'σ' => "$\\sigma$",
        'α' => "$\\alpha$",
        '²' => "$^2$",
        '—' => "---",
        '–' => "--",
        '“' => "``",
        '”' => "''",
        _ => character.ToString(),
    };
}
