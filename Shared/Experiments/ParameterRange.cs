namespace Shared.Experiments;

/// <summary>The interval that a number must lie in.</summary>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
/// <param name="ExclusiveMinimum">The minimum itself is not allowed.</param>
/// <param name="ExclusiveMaximum">The maximum itself is not allowed.</param>
public sealed record ParameterRange(
    double Minimum, double Maximum, bool ExclusiveMinimum = false, bool ExclusiveMaximum = false)
{
    /// <summary>The interval that an attribute states.</summary>
    internal static ParameterRange Of(RangeAttribute range) =>
        new(range.Minimum, range.Maximum, range.ExclusiveMinimum, range.ExclusiveMaximum);

    /// <summary>Where this interval and another one overlap.</summary>
    public ParameterRange And(ParameterRange other)
    {
        var minimum = Math.Max(Minimum, other.Minimum);
        var maximum = Math.Min(Maximum, other.Maximum);
        return new ParameterRange(
            minimum,
            maximum,
            (ExclusiveMinimum && Minimum >= minimum) || (other.ExclusiveMinimum && other.Minimum >= minimum),
            (ExclusiveMaximum && Maximum <= maximum) || (other.ExclusiveMaximum && other.Maximum <= maximum));
    }

    /// <summary>Whether a number lies inside.</summary>
    public bool Contains(double value) =>
        (ExclusiveMinimum ? value > Minimum : value >= Minimum)
        && (ExclusiveMaximum ? value < Maximum : value <= Maximum);

    /// <summary>In words: <c>from 1 to 100</c>, <c>above 0, at most 1</c>.</summary>
    public override string ToString()
    {
        var minimum = CanonicalJson.Number(Minimum);
        var maximum = CanonicalJson.Number(Maximum);
        return (ExclusiveMinimum, ExclusiveMaximum) switch
        {
            (false, false) => $"from {minimum} to {maximum}",
            (true, false) => $"above {minimum}, at most {maximum}",
            (false, true) => $"at least {minimum}, below {maximum}",
            (true, true) => $"above {minimum}, below {maximum}",
        };
    }
}
