using System.Collections.Immutable;
using System.Reflection;
using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>Reads parameter declarations from records and refuses those that break a rule.</summary>
internal static class DeclarationReader
{
    /// <summary>The method by which a record copies itself.</summary>
    public const string CloneMethod = "<Clone>$";

    /// <summary>
    /// The parameters of a record and of the records that it holds, in the order of their properties.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A declaration breaks a rule; the message says which.
    /// </exception>
    public static ImmutableArray<ParameterDeclaration> ParametersOf(Type record)
    {
        var parameters = Walk(Activator.CreateInstance(record)!, "", []).ToImmutableArray();
        foreach (var parameter in parameters)
        {
            CheckCondition(record, parameter, parameters);
        }

        return parameters;
    }

    /// <summary>Refuses a record whose name, metrics or data sets break a rule.</summary>
    public static void CheckHead(
        Type record, string name, IReadOnlyList<MetricDeclaration> metrics, IReadOnlyList<string> dataSets)
    {
        Require(record is { IsSealed: true, IsVisible: true }, record, "is not public and sealed");
        Require(record.GetMethod(CloneMethod) is not null, record, "is not a record");
        Require(Spelling.IsKebab(name), record, $"has the name {name}, which is not kebab-case");
        Require(dataSets.All(Spelling.IsKebab), record, "has a data set whose name is not kebab-case");
        Require(
            metrics.Select(metric => metric.Name).Distinct(StringComparer.Ordinal).Count() == metrics.Count,
            record,
            "declares a metric twice");
        Require(metrics.Any(m => m.Kind is MetricKind.Result), record, "declares no metric of kind result");
    }

    private static IEnumerable<ParameterDeclaration> Walk(
        object holder, string prefix, ImmutableArray<PropertyInfo> path)
    {
        var properties = holder.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(property => property.MetadataToken);
        foreach (var property in properties)
        {
            var name = prefix + Spelling.Snake(property.Name);
            var attribute = property.GetCustomAttribute<ParameterAttribute>();
            if (attribute is not null)
            {
                yield return Read(holder, property, name, attribute, path.Add(property));
            }
            else if (property.CanWrite)
            {
                Require(
                    IsGroup(property.PropertyType),
                    property,
                    "has no [Parameter] and holds no record of parameters");
                var group = property.GetValue(holder);
                Require(group is not null, property, "has no default");
                foreach (var parameter in Walk(group!, name + ".", path.Add(property)))
                {
                    yield return parameter;
                }
            }
        }
    }

    private static bool IsGroup(Type type) =>
        type.IsSealed && type != typeof(string) && type.GetMethod(CloneMethod) is not null;

    private static ParameterDeclaration Read(
        object holder,
        PropertyInfo property,
        string name,
        ParameterAttribute attribute,
        ImmutableArray<PropertyInfo> path)
    {
        Require(property.CanWrite, property, "cannot be set");
        var type = TypeOf(property);
        var held = property.GetValue(holder);
        Require(held is not null || type is ParameterType.Optional, property, "has no default");
        var value = ParameterBinding.Write(type, held);
        Require(type.Accept(value) == value, property, $"has the default {value}, not {type.Expected}");
        var condition = property.GetCustomAttribute<OnlyWhenAttribute>() is { } only
            ? new ParameterCondition(only.Parameter, [.. only.Values.Select(ParameterType.OfText)])
            : null;
        return new ParameterDeclaration(name, type, attribute.Unit, attribute.Meaning, value, condition)
        {
            Path = path,
        };
    }

    private static ParameterType TypeOf(PropertyInfo property)
    {
        var optional = Nullable.GetUnderlyingType(property.PropertyType);
        var type = Plain(property, optional ?? property.PropertyType);
        return optional is null ? type : new ParameterType.Optional(type);
    }

    private static ParameterType Plain(PropertyInfo property, Type type)
    {
        if (type == typeof(bool) || type.IsEnum)
        {
            var range = property.GetCustomAttribute<RangeAttribute>();
            Require(range is null, property, "has a [Range] but is no number");
            return type == typeof(bool) ? new ParameterType.Truth() : new ParameterType.Choice(WordsOf(type));
        }

        if (type == typeof(double))
        {
            return new ParameterType.Number(RangeOf(property));
        }

        if (type == typeof(Schedule))
        {
            return new ParameterType.Varying(RangeOf(property));
        }

        Require(
            type == typeof(int) || type == typeof(long),
            property,
            $"is a {type.Name}, which no parameter can be");
        var interval = RangeOf(property);
        Require(
            type == typeof(long) || interval is { Minimum: >= int.MinValue, Maximum: <= int.MaxValue },
            property,
            "has a [Range] beyond its type");
        return new ParameterType.Whole(interval);
    }

    private static ImmutableArray<string> WordsOf(Type choice) =>
        [.. Enum.GetValues(choice).Cast<Enum>().Select(value => Spelling.Kebab(value.ToString()))];

    private static ParameterRange RangeOf(PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        Require(range is not null, property, "has no [Range]");
        Require(range!.Minimum < range.Maximum, property, "has an empty [Range]");
        return ParameterRange.Of(range);
    }

    private static void CheckCondition(
        Type record, ParameterDeclaration parameter, ImmutableArray<ParameterDeclaration> all)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { parameter.Name };
        for (var current = parameter; current.OnlyWhen is { } condition;)
        {
            var other = all.FirstOrDefault(candidate => candidate.Name == condition.Parameter);
            Require(
                other is not null,
                record,
                $"makes {current.Name} depend on {condition.Parameter}, which is unknown");
            Require(
                other!.Type is ParameterType.Choice choice
                    && condition.Values.All(value => choice.Accept(value) is not null),
                record,
                $"makes {current.Name} depend on {condition}, which {condition.Parameter} can never be");
            Require(seen.Add(other.Name), record, $"makes {other.Name} depend on itself");
            current = other;
        }
    }

    private static void Require(bool holds, MemberInfo subject, string complaint)
    {
        if (!holds)
        {
            var owner = subject is Type ? "" : subject.DeclaringType!.Name + ".";
            throw new InvalidOperationException($"{owner}{subject.Name} {complaint}");
        }
    }
}
