using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Shared.Search;

namespace Shared.Experiments;

/// <summary>
/// How a schedule that changes is written: <c>{schedule: geometric, start: 20, end: 2}</c>.
/// </summary>
/// <remarks>
/// A form is a sealed record nested in <see cref="Schedule"/> whose constructor takes numbers only; a new
/// record is a new form, with no other edit. The constant is written as a bare number and is none of them.
/// </remarks>
/// <param name="Name">What follows <c>schedule:</c>, kebab-case.</param>
/// <param name="Keys">The keys of its numbers, in the constructor's order.</param>
internal sealed record ScheduleForm(string Name, ImmutableArray<string> Keys)
{
    /// <summary>The key that holds a form's name.</summary>
    public const string NameKey = "schedule";

    /// <summary>Every form, by name.</summary>
    public static ImmutableArray<ScheduleForm> All { get; } =
    [
        .. typeof(Schedule).GetNestedTypes()
            .Where(type => type.IsSubclassOf(typeof(Schedule)) && type != typeof(Schedule.Constant))
            .Select(Of)
            .OrderBy(form => form.Name, StringComparer.Ordinal),
    ];

    /// <summary>How a file writes it, with the numbers left open.</summary>
    public string Example =>
        $"{{{NameKey}: {Name}{string.Concat(Keys.Select(key => $", {key}: …"))}}}";

    private ConstructorInfo Constructor { get; init; } = null!;

    private ImmutableArray<PropertyInfo> Properties { get; init; }

    /// <summary>The schedule that an object of JSON writes, or nothing.</summary>
    public static Schedule? Read(JsonElement json)
    {
        var form = json.TryGetProperty(NameKey, out var name) && name.ValueKind is JsonValueKind.String
            ? All.FirstOrDefault(candidate => candidate.Name == name.GetString())
            : null;
        if (form is null || json.EnumerateObject().Count() != form.Keys.Length + 1)
        {
            return null;
        }

        var numbers = new object[form.Keys.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!json.TryGetProperty(form.Keys[i], out var number)
                || number.ValueKind is not JsonValueKind.Number)
            {
                return null;
            }

            numbers[i] = number.GetDouble();
        }

        return (Schedule)form.Constructor.Invoke(numbers);
    }

    /// <summary>The one spelling of a schedule.</summary>
    public static ParameterValue Write(Schedule schedule)
    {
        var numbers = NumbersOf(schedule).Select(number => new ParameterValue(CanonicalJson.Number(number)));
        return schedule is Schedule.Constant ? numbers.Single() : FormOf(schedule).Write(numbers);
    }

    /// <summary>The numbers of a schedule.</summary>
    public static IEnumerable<double> NumbersOf(Schedule schedule) => schedule is Schedule.Constant constant
        ? [constant.Value]
        : FormOf(schedule).Properties.Select(property => (double)property.GetValue(schedule)!);

    /// <summary>The value that a file of this form and these numbers means.</summary>
    /// <param name="numbers">In the order of the keys.</param>
    public ParameterValue Write(IEnumerable<ParameterValue> numbers) => new(
        $"{{\"{NameKey}\":\"{Name}\"{string.Concat(Keys.Zip(numbers, (k, n) => $",\"{k}\":{n.Json}"))}}}");

    private static ScheduleForm FormOf(Schedule schedule) =>
        All.Single(form => form.Constructor.DeclaringType == schedule.GetType());

    private static ScheduleForm Of(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var names = constructor.GetParameters().Select(parameter => parameter.Name!).ToList();
        return new ScheduleForm(Spelling.Kebab(type.Name), [.. names.Select(Spelling.Snake)])
        {
            Constructor = constructor,
            Properties = [.. names.Select(name => type.GetProperty(name)!)],
        };
    }
}
