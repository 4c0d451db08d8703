using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shared.Engine;

/// <summary>The end of what a slot said of an attempt: how much there was, and the last of it.</summary>
/// <remarks>
/// Lines count from the attempt's beginning, so that whoever sees two ends of one log can tell which lines are new
/// and how many it never saw.
/// </remarks>
/// <param name="Written">How many lines the attempt has written.</param>
/// <param name="Last">The last of them, the oldest first.</param>
public sealed record LogEnd(int Written, ImmutableArray<string> Last)
{
    /// <summary>Lines beyond so many are not counted: nine digits are what a store takes.</summary>
    public const int MostCounted = 999_000_000;

    /// <summary>No line.</summary>
    public static LogEnd None { get; } = new(0, []);

    private const string MarkBefore = "(lines left out before this: ";
    private const string MarkAfter = ")";
    private const string Cut = "…";

    /// <summary>How many lines were written before the last ones.</summary>
    public int LeftOut() => Written - Last.Length;

    /// <summary>Whether it can be what a worker said: it came through a store.</summary>
    public bool IsWhole() => !Last.IsDefault && Last.All(line => line is not null) && Written >= Last.Length;

    /// <summary>The lines, each with its line feed, after one that says how many were left out, if any were.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        if (LeftOut() > 0)
        {
            text.Append(Mark(LeftOut())).Append('\n');
        }

        foreach (var line in Last)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What was left out before a line, as a line.</summary>
    public static string Mark(int lines) =>
        string.Create(CultureInfo.InvariantCulture, $"{MarkBefore}{lines}{MarkAfter}");

    /// <summary>The lines of <see cref="Text"/>; of any other text all its lines.</summary>
    public static LogEnd Parse(string text)
    {
        if (text.Length == 0)
        {
            return None;
        }

        ImmutableArray<string> lines = [.. (text[^1] == '\n' ? text[..^1] : text).Split('\n')];
        return LeftOutBy(lines[0]) is { } leftOut
            ? new LogEnd(leftOut + lines.Length - 1, lines[1..])
            : new LogEnd(lines.Length, lines);
    }

    /// <summary>The last of these lines within all three limits.</summary>
    /// <param name="lines">How many at most.</param>
    /// <param name="lineLength">Characters of each at most; a longer one ends with <c>…</c> in their place.</param>
    /// <param name="bytes">All of them together at most, as JSON.</param>
    public LogEnd Within(int lines, int lineLength, int bytes)
    {
        var kept = new List<string>();
        var room = bytes;
        foreach (var line in Last.Reverse().Take(lines).Select(line => Shortened(line, lineLength)))
        {
            var json = JsonEncodedText.Encode(line, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            room -= json.EncodedUtf8Bytes.Length + ",\"\"".Length;
            if (room < 0)
            {
                break;
            }

            kept.Add(line);
        }

        kept.Reverse();
        return this with { Last = [.. kept] };
    }

    private static string Shortened(string line, int length)
    {
        if (line.Length <= length)
        {
            return line;
        }

        var end = Math.Max(0, length - Cut.Length);
        return line[..(end > 0 && char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + Cut;
    }

    private static int? LeftOutBy(string line) =>
        line.StartsWith(MarkBefore, StringComparison.Ordinal)
        && line.EndsWith(MarkAfter, StringComparison.Ordinal)
        && int.TryParse(
            line.AsSpan(MarkBefore.Length, line.Length - MarkBefore.Length - MarkAfter.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var lines)
        && lines <= MostCounted
            ? lines
            : null;
}
