using System.Reflection;

namespace Shared.Experiments;

/// <summary>A number that a form of schedule wants.</summary>
/// <param name="Name">Its key, snake-case.</param>
/// <param name="Property">The property of the form that holds it.</param>
internal sealed record ScheduleKey(string Name, PropertyInfo Property)
{
    /// <summary>The interval of this number in a parameter of an interval of its own.</summary>
    /// <remarks>
    /// The parameter's interval, narrowed by the form's where it has one; the form's alone for a number that
    /// is not in the parameter's units.
    /// </remarks>
    public ParameterRange RangeIn(ParameterRange parameter)
    {
        if (Property.GetCustomAttribute<RangeAttribute>() is not { } own)
        {
            return parameter;
        }

        var range = ParameterRange.Of(own);
        return Property.GetCustomAttribute<PureNumberAttribute>() is null ? parameter.And(range) : range;
    }
}
