using System.Collections.Immutable;

namespace Shared.Reports.Document;

/// <summary>A part of a report that Markdown and HTML set in their own way.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    /// <summary>A heading, two levels below the title.</summary>
    internal sealed record Subheading(Prose Text) : Block;

    /// <summary>A paragraph.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="IsNote">Set smaller: how to read what stands beside it.</param>
    internal sealed record Paragraph(Prose Text, bool IsNote = false) : Block;

    /// <summary>Points below each other.</summary>
    internal sealed record Points(ImmutableArray<Prose> Items) : Block;

    /// <summary>A table; numbers stand right.</summary>
    internal sealed record Table(ImmutableArray<Column> Columns, ImmutableArray<ImmutableArray<Prose>> Rows)
        : Block;

    /// <summary>A plot.</summary>
    /// <param name="Name">Base name of its file.</param>
    /// <param name="Inline">An SVG element for a page that carries the rules of plots.</param>
    /// <param name="Standalone">An SVG document with a legend of its own.</param>
    /// <param name="Caption">What it shows.</param>
    internal sealed record Plot(string Name, string Inline, string Standalone, Prose Caption) : Block;

    /// <summary>Plots, and galleries that belong to them, side by side, with what tells their lines apart.</summary>
    internal sealed record Plots(ImmutableArray<Block> Items, ImmutableArray<Prose> Legend) : Block;

    /// <summary>Pictures that belong together.</summary>
    internal sealed record Gallery(Prose Caption, ImmutableArray<Picture> Pictures) : Block;

    /// <summary>Galleries side by side.</summary>
    internal sealed record Galleries(ImmutableArray<Gallery> Items) : Block;

    /// <summary>Text of a program, line by line.</summary>
    internal sealed record Log(Prose Summary, string Text) : Block;

    /// <summary>Blocks that HTML folds away until asked for.</summary>
    internal sealed record Folded(Prose Summary, ImmutableArray<Block> Blocks) : Block;
}

/// <summary>A column of a table.</summary>
/// <param name="Head">Its heading.</param>
/// <param name="IsNumeric">Its cells are numbers.</param>
internal sealed record Column(Prose Head, bool IsNumeric = false);

/// <summary>A picture, as stored.</summary>
/// <param name="Name">Name of its file below <c>pictures/</c>.</param>
/// <param name="Bytes">A PNG.</param>
/// <param name="Caption">What it shows.</param>
internal sealed record Picture(string Name, ImmutableArray<byte> Bytes, Prose Caption);

/// <summary>A part of a report under a heading.</summary>
/// <param name="Id">Kebab-case, for links.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What it holds.</param>
internal sealed record Section(string Id, string Title, ImmutableArray<Block> Blocks);

/// <summary>A whole report before any format.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Question">Its title.</param>
/// <param name="Facts">What was run, name and value.</param>
/// <param name="Status">How far the sweep is.</param>
/// <param name="IsFinished">Whether every trial has its outcome.</param>
/// <param name="Sections">In order; the first one holds the answer.</param>
internal sealed record ReportDocument(
    string Sweep,
    string Question,
    ImmutableArray<(string Name, Prose Value)> Facts,
    Prose Status,
    bool IsFinished,
    ImmutableArray<Section> Sections)
{
    /// <summary>Every block, those inside others after them.</summary>
    public IEnumerable<Block> Blocks() => Sections.SelectMany(s => s.Blocks).SelectMany(Within);

    private static IEnumerable<Block> Within(Block block) => block switch
    {
        Block.Plots plots => plots.Items.SelectMany(Within).Prepend(block),
        Block.Galleries galleries => galleries.Items.SelectMany(Within).Prepend(block),
        Block.Folded folded => folded.Blocks.SelectMany(Within).Prepend(block),
        _ => [block],
    };
}
