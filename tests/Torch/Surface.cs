using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Tests.Torch;

/// <summary>The types and members that an assembly offers under TorchSharp's names, one line each.</summary>
internal static class Surface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Everything that code outside the assembly can name, in order.</summary>
    /// <remarks>Ours in both builds, and so no part of it: <see cref="Gradients"/>.</remarks>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true)
        .Where(type => type != typeof(Gradients))
        .SelectMany(type =>
            Members(type).Select(member => $"{NameOf(type)} :: {member}").Order(StringComparer.Ordinal));

    /// <summary>Whether an assembly has a member of the name, whatever its parameters are called.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="line">A line of <see cref="Of"/>.</param>
    public static bool Has(Assembly assembly, string line)
    {
        var parts = line.Split(" :: ");
        var name = parts[1].Split('(', ' ')[0];
        return assembly.GetExportedTypes().SingleOrDefault(type => NameOf(type) == parts[0]) is { } type
            && WithInherited(type).SelectMany(declaring => declaring.GetMembers(Declared))
                .Any(member => IsCalled(member, name));
    }

    private static bool IsCalled(MemberInfo member, string name) =>
        member.Name == name
        || (name == "this" && member is PropertyInfo property && property.GetIndexParameters().Length > 0);

    private static IEnumerable<Type> WithInherited(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            yield return at;
        }
    }

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Where(CanBeNamed)
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        .Select(Described)
        .OfType<string>();

    private static bool CanBeNamed(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: false).Length > 0,
        _ => false,
    };

    private static string? Described(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $".ctor({Parameters(constructor.GetParameters())})",
        MethodInfo { IsSpecialName: true } method
            when !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,   // of a property
        MethodInfo method =>
            $"{method.Name}({Parameters(method.GetParameters())}) : {NameOf(method.ReturnType)}",
        PropertyInfo property when property.GetIndexParameters() is { Length: > 0 } indices =>
            $"this({Parameters(indices)}) : {NameOf(property.PropertyType)}",
        PropertyInfo property => $"{property.Name} : {NameOf(property.PropertyType)}",
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo { IsSpecialName: false } field => $"{field.Name} : {NameOf(field.FieldType)}",
        _ => null,
    };

    private static string Parameters(ParameterInfo[] parameters) =>
        string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var nullable = !parameter.ParameterType.IsValueType
            && Nullability.Create(parameter).ReadState is NullabilityState.Nullable ? "?" : "";
        var optional = parameter.HasDefaultValue
            ? FormattableString.Invariant($" = {parameter.RawDefaultValue ?? "null"}")
            : "";
        return $"{NameOf(parameter.ParameterType)}{nullable} {parameter.Name}{optional}";
    }

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{NameOf(value)}?";
        }

        var isOurs = type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true;
        var name = type.IsGenericParameter || !isOurs
            ? type.Name
            : (type.FullName ?? $"{type.Namespace}.{type.Name}").Split('[')[0];
        return type.IsGenericType
            ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : name;
    }
}
