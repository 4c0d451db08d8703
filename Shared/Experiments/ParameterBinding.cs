using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Shared.Search;

namespace Shared.Experiments;

/// <summary>Carries values between dotted names and the properties of records.</summary>
internal static class ParameterBinding
{
    /// <summary>The record of an experiment with these values, and defaults for the rest.</summary>
    public static object Bind(
        ExperimentDeclaration experiment, IReadOnlyDictionary<string, ParameterValue> values)
    {
        var record = Activator.CreateInstance(experiment.ParametersType)!;
        foreach (var (name, value) in values)
        {
            var parameter = experiment.Find(name)
                ?? throw new ArgumentException($"{experiment.Name} has no parameter {name}", nameof(values));
            var accepted = parameter.Type.Accept(value)
                ?? throw new ArgumentException(
                    $"{name} is {value}, not {parameter.Expected}", nameof(values));
            Set(record, parameter.Path.AsSpan(), parameter.Type, accepted);
        }

        return record;
    }

    /// <summary>The value that a record holds for a parameter.</summary>
    public static ParameterValue Read(ParameterDeclaration parameter, object record) => Write(
        parameter.Type,
        parameter.Path.Aggregate((object?)record, (holder, property) => property.GetValue(holder)));

    /// <summary>The one spelling of a value of code.</summary>
    public static ParameterValue Write(ParameterType type, object? value) => (type, value) switch
    {
        (ParameterType.Optional, null) => ParameterType.Optional.None,
        (ParameterType.Optional optional, _) => Write(optional.Inner, value),
        (ParameterType.Choice, Enum choice) => ParameterType.OfText(Spelling.Kebab(choice.ToString())),
        (ParameterType.Varying, Schedule schedule) => ScheduleForm.Write(schedule),
        (ParameterType.Number, double number) => new ParameterValue(CanonicalJson.Number(number)),
        _ => new ParameterValue(JsonSerializer.Serialize(value)),
    };

    // Groups are copied on the way down: a default that several records share is never written to.
    private static void Set(
        object holder, ReadOnlySpan<PropertyInfo> path, ParameterType type, ParameterValue value)
    {
        var property = path[0];
        if (path.Length == 1)
        {
            property.SetValue(holder, Convert(type, value, property.PropertyType));
            return;
        }

        var group = Copy(property.GetValue(holder)!);
        Set(group, path[1..], type, value);
        property.SetValue(holder, group);
    }

    private static object Copy(object group) => group.GetType()
        .GetMethod(DeclarationReader.CloneMethod)!.Invoke(group, null)!;

    private static object? Convert(ParameterType type, ParameterValue value, Type target)
    {
        if (type is ParameterType.Optional optional)
        {
            return value == ParameterType.Optional.None
                ? null
                : Convert(optional.Inner, value, Nullable.GetUnderlyingType(target)!);
        }

        using var document = JsonDocument.Parse(value.Json);
        var json = document.RootElement;
        return type switch
        {
            ParameterType.Truth => json.GetBoolean(),
            ParameterType.Choice choice => ChoiceOf(choice, json.GetString()!, target),
            ParameterType.Varying => json.ValueKind is JsonValueKind.Number
                ? new Schedule.Constant(json.GetDouble())
                : ScheduleForm.Read(json),
            ParameterType.Whole => System.Convert.ChangeType(
                WholeNumber.From(json)!.Value, target, CultureInfo.InvariantCulture),
            _ => json.GetDouble(),
        };
    }

    private static object ChoiceOf(ParameterType.Choice choice, string word, Type target) =>
        Enum.GetValues(target).GetValue(choice.Options.IndexOf(word))!;
}
