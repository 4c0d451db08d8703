namespace Shared.Experiments;

/// <summary>The interval that a number must lie in.</summary>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
/// <param name="ExclusiveMinimum">The minimum itself is not allowed.</param>
/// <param name="ExclusiveMaximum">The maximum itself is not allowed.</param>
public sealed record ParameterRange(
    double Minimum, double Maximum, bool ExclusiveMinimum = false, bool ExclusiveMaximum = false)
{
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
