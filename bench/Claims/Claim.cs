namespace Bench.Claims;

/// <summary>Something that is said of the rows of a table, and whether they bear it out.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="Figures">The numbers that it rests on.</param>
/// <param name="Holds">Whether they do.</param>
internal sealed record Claim(string Text, string Figures, bool Holds)
{
    /// <summary>A number lies below a limit.</summary>
    /// <param name="text">One sentence.</param>
    /// <param name="value">The number; one that is not a number lies below nothing.</param>
    /// <param name="limit">The limit.</param>
    public static Claim Below(string text, double value, double limit) =>
        new(text, $"{value:0.###} < {limit:0.###}", value < limit);

    /// <summary>A number lies above a limit.</summary>
    /// <param name="text">One sentence.</param>
    /// <param name="value">The number; one that is not a number lies above nothing.</param>
    /// <param name="limit">The limit.</param>
    public static Claim Above(string text, double value, double limit) =>
        new(text, $"{value:0.###} > {limit:0.###}", value > limit);

    /// <inheritdoc/>
    public override string ToString() => $"{(Holds ? "pass" : "FAIL")}  {Text}: {Figures}";
}
