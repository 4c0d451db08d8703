namespace Shared.Experiments;

/// <summary>Says what a parameter is; every parameter has one.</summary>
/// <param name="meaning">One sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string meaning) : Attribute
{
    /// <summary>What the parameter is, one sentence.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>Unit, or <c>1</c> for a pure number.</summary>
    public string Unit { get; init; } = "1";
}

/// <summary>
/// The interval that a number, or every number of a schedule, must lie in; closed unless said.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>Smallest value allowed.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>Largest value allowed.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>The minimum itself is not allowed.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>The maximum itself is not allowed.</summary>
    public bool ExclusiveMaximum { get; init; }
}

/// <summary>The parameter means something only while another one has one of these values.</summary>
/// <param name="parameter">Dotted name of the other parameter, an enumeration.</param>
/// <param name="values">The kebab-case values that switch this parameter on.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnlyWhenAttribute(string parameter, params string[] values) : Attribute
{
    /// <summary>Dotted name of the other parameter.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>The values that switch this parameter on.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}
