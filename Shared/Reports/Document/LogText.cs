using System.Text;

namespace Shared.Reports.Document;

/// <summary>Makes text of unknown origin fit to be shown.</summary>
public static class LogText
{
    /// <summary>How many lines of a log's end a report shows.</summary>
    public const int LineLimit = 40;

    /// <summary>How many characters of a log's end a report shows.</summary>
    public const int CharacterLimit = 8_000;

    private const char FirstControlPicture = '\u2400';

    /// <summary>
    /// The text with line feeds as its only line ends and every other control character as its picture (ESC
    /// is ␛), so that neither a terminal's colours nor a NUL reach a document.
    /// </summary>
    public static string Visible(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var character in raw.ReplaceLineEndings("\n"))
        {
            text.Append(character switch
            {
                '\n' or '\t' => character,
                < ' ' => (char)(FirstControlPicture + character),
                >= '\u007f' and <= '\u009f' => '\ufffd',
                (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => '\ufffd',   // turn what follows round
                '\ufffe' or '\uffff' => '\ufffd',
                _ => character,
            });
        }

        return text.ToString();
    }

    /// <summary>
    /// The text as one line: line feeds and tabs are pictures too, so that what a store holds cannot begin a line
    /// of its own where it is printed.
    /// </summary>
    public static string Line(string raw) =>
        Visible(raw).Replace('\n', '\u240a').Replace('\t', '\u2409');

    /// <summary>The last lines of a log, within both limits.</summary>
    public static string End(string raw)
    {
        var lines = Visible(raw).TrimEnd('\n').Split('\n');
        var text = string.Join('\n', lines[^Math.Min(lines.Length, LineLimit)..]);
        return text.Length <= CharacterLimit ? text : "…" + text[^CharacterLimit..];
    }
}
