using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>A place in a file, from line 1 and column 1, or an option of the command line.</summary>
/// <param name="Line">In the file, or nothing.</param>
/// <param name="Column">In the file, or nothing.</param>
/// <param name="Option">Such as <c>--set sampler.steps=20</c>; nothing in the file.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SweepFilePlace(int? Line, int? Column, string? Option = null)
{
    /// <summary>An option of the command line, as it was typed.</summary>
    public static SweepFilePlace Of(string option) => new(null, null, option);
}

/// <summary>A piece of YAML and where it stands.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record SweepFileNode(SweepFilePlace Place)
{
    /// <summary>What it is, in the words that follow "found".</summary>
    public abstract string Found { get; }

    /// <summary>Whether it is a key's value left out.</summary>
    public bool IsNothing => this is Scalar { IsPlain: true, Text: var text } && CoreSchema.IsNull(text);

    /// <summary>A number, a word or a text.</summary>
    /// <param name="Place">Where it begins.</param>
    /// <param name="Text">Without its quotes.</param>
    /// <param name="IsPlain">Written without quotes.</param>
    internal sealed record Scalar(SweepFilePlace Place, string Text, bool IsPlain) : SweepFileNode(Place)
    {
        /// <summary>
        /// Its value by the core schema of YAML 1.2; nothing for null and for numbers that are not finite.
        /// </summary>
        public ParameterValue? Value => IsPlain ? CoreSchema.ValueOf(Text) : CoreSchema.OfText(Text);

        /// <inheritdoc/>
        public override string Found => IsPlain switch
        {
            true when CoreSchema.IsNull(Text) => "nothing",
            true when Value is not { } value || value.Json[0] != '"' => Text,
            _ => Quote(Text),
        };
    }

    /// <summary>A list.</summary>
    internal sealed record List(SweepFilePlace Place, ImmutableArray<SweepFileNode> Items) : SweepFileNode(
        Place)
    {
        /// <inheritdoc/>
        public override string Found => Items.IsEmpty ? "an empty list" : "a list";
    }

    /// <summary>Keys with values.</summary>
    internal sealed record Map(SweepFilePlace Place, ImmutableArray<SweepFileEntry> Entries) : SweepFileNode(
        Place)
    {
        /// <inheritdoc/>
        public override string Found => "keys";
    }

    /// <summary>Something that was refused already, and is not to be refused twice.</summary>
    internal sealed record Refused(SweepFilePlace Place) : SweepFileNode(Place)
    {
        /// <inheritdoc/>
        public override string Found => "something refused";
    }

    /// <summary>A text in quotes, on one line, cut after 60 characters.</summary>
    public static string Quote(string text) => CanonicalJson.Of(
        JsonSerializer.Serialize(text.Length <= 60 ? text : text[..60] + "…"));
}

/// <summary>A key and its value.</summary>
/// <param name="Place">Where the key begins.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal sealed record SweepFileEntry(SweepFilePlace Place, string Key, SweepFileNode Value);

/// <summary>
/// What plain scalars mean: YAML 1.2.2, section 10.3.2, with <c>true</c> and <c>false</c> in lower case only.
/// </summary>
internal static partial class CoreSchema
{
    /// <summary>Whether a plain scalar is null.</summary>
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>A text as a value.</summary>
    public static ParameterValue OfText(string text) => new(JsonSerializer.Serialize(text));

    /// <summary>The value of a plain scalar; nothing for null and for numbers that are not finite.</summary>
    public static ParameterValue? ValueOf(string text) => text switch
    {
        _ when IsNull(text) || NotFinite().IsMatch(text) => null,
        "true" or "false" => new ParameterValue(text),
        _ when Whole().IsMatch(text) => OfWhole(text),
        _ when Octal().IsMatch(text) => OfDigits(text[2..], 8),
        _ when Hexadecimal().IsMatch(text) => OfDigits(text[2..], 16),
        _ when Fraction().IsMatch(text) => OfNumber(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => OfText(text),
    };

    private static ParameterValue? OfWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? new ParameterValue(whole.ToString(CultureInfo.InvariantCulture))
            : OfNumber(double.Parse(text, CultureInfo.InvariantCulture));

    private static ParameterValue? OfDigits(string digits, int numberBase)
    {
        var number = digits.Aggregate(
            0.0, (sum, digit) => (sum * numberBase) + Convert.ToInt32(digit.ToString(), 16));
        return OfNumber(number);
    }

    private static ParameterValue? OfNumber(double number) =>
        double.IsFinite(number) ? new ParameterValue(CanonicalJson.Number(number)) : null;

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^0o[0-7]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(
        @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^([-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotFinite();
}
