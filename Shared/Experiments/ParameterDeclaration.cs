using System.Collections.Immutable;
using System.Reflection;
using Shared.Search;

namespace Shared.Experiments;

/// <summary>One parameter that an experiment accepts.</summary>
/// <param name="Name">Dotted snake-case name, such as <c>sampler.step_size</c>.</param>
/// <param name="Type">Which values it takes.</param>
/// <param name="Unit">Unit, or <c>1</c> for a pure number.</param>
/// <param name="Meaning">What it is, one sentence.</param>
/// <param name="Default">Its value in a sweep that does not name it.</param>
/// <param name="OnlyWhen">When it means something; nothing when always.</param>
public sealed record ParameterDeclaration(
    string Name,
    ParameterType Type,
    string Unit,
    string Meaning,
    ParameterValue Default,
    ParameterCondition? OnlyWhen)
{
    /// <summary>In words, after "expected": the type and the unit.</summary>
    public string Expected => Unit == "1" ? Type.Expected : $"{Type.Expected} ({Unit})";

    /// <summary>From the experiment's record to the property that holds the value.</summary>
    internal ImmutableArray<PropertyInfo> Path { get; init; }
}

/// <summary>A parameter means something only while another one has one of certain values.</summary>
/// <param name="Parameter">Dotted name of the other parameter.</param>
/// <param name="Values">The values that switch it on.</param>
public sealed record ParameterCondition(string Parameter, ImmutableArray<ParameterValue> Values)
{
    /// <summary>In words: <c>initialisation.start is noise or buffer</c>.</summary>
    public override string ToString() => $"{Parameter} is {string.Join(" or ", Values)}";
}

/// <summary>Parameters that are right one by one and wrong together.</summary>
/// <param name="Parameter">Dotted name of the one to change.</param>
/// <param name="Expected">What it should be, in the words that follow "expected".</param>
public sealed record ParameterConflict(string Parameter, string Expected);
