using System.Collections.Immutable;

namespace Shared.Reports.Document;

/// <summary>How a run of text is set.</summary>
internal enum PhraseStyle
{
    /// <summary>As running text.</summary>
    Plain,

    /// <summary>As a name or value of a program.</summary>
    Code,

    /// <summary>With emphasis: the best value of a column, the heart of a sentence.</summary>
    Strong,

    /// <summary>As an aside to the number before it, which HTML sets below it.</summary>
    Small,

    /// <summary>As a drawing: the text is finished markup, which only HTML shows.</summary>
    Drawing,
}

/// <summary>
/// A run of text in one style; the text is raw and each renderer escapes it, drawings aside.
/// </summary>
internal readonly record struct Phrase(string Text, PhraseStyle Style);

/// <summary>
/// Text without line breaks of its own, as phrases that Markdown and HTML set in their own way.
/// </summary>
internal sealed record Prose(ImmutableArray<Phrase> Phrases)
{
    /// <summary>Nothing.</summary>
    public static Prose Empty { get; } = new([]);

    /// <summary>The text without its styles.</summary>
    public string Text =>
        string.Concat(Phrases.Where(p => p.Style is not PhraseStyle.Drawing).Select(p => p.Text));

    /// <summary>Running text.</summary>
    public static implicit operator Prose(string text) => new([new Phrase(text, PhraseStyle.Plain)]);

    /// <summary>One piece of prose after the other.</summary>
    public static Prose operator +(Prose left, Prose right) => new([.. left.Phrases, .. right.Phrases]);

    /// <summary>A name or value of a program.</summary>
    public static Prose Code(string text) => new([new Phrase(text, PhraseStyle.Code)]);

    /// <summary>An aside to the number before it.</summary>
    public static Prose Small(string text) => new([new Phrase(text, PhraseStyle.Small)]);

    /// <summary>Finished markup that only HTML shows.</summary>
    public static Prose Drawing(string svg) => new([new Phrase(svg, PhraseStyle.Drawing)]);

    /// <summary>With emphasis.</summary>
    public static Prose Strong(string text) => new([new Phrase(text, PhraseStyle.Strong)]);

    /// <summary>Pieces with a separator between them.</summary>
    public static Prose Join(string separator, IEnumerable<Prose> pieces)
    {
        var phrases = ImmutableArray.CreateBuilder<Phrase>();
        foreach (var piece in pieces)
        {
            if (phrases.Count > 0)
            {
                phrases.Add(new Phrase(separator, PhraseStyle.Plain));
            }

            phrases.AddRange(piece.Phrases);
        }

        return new Prose(phrases.ToImmutable());
    }
}
