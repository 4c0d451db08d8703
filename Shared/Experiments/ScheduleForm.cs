using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Shared.Search;

namespace Shared.Experiments;

/// <summary>
/// How a schedule that changes is written: <c>{schedule: geometric, start: 20, end: 2, ends: left}</c>.
/// </summary>
/// <remarks>
/// A form is a sealed record nested in <see cref="Schedule"/> whose constructor takes numbers and then, where
/// it has ends, <see cref="ScheduleEnds"/>; a new record is a new form, with no other edit. Its one spelling
/// leaves inclusive ends out, and is a bare number where it is constant.
/// </remarks>
/// <param name="Name">What follows <c>schedule:</c>, kebab-case.</param>
/// <param name="Keys">Its numbers, in the constructor's order.</param>
/// <param name="HasEnds">Whether it may say <c>ends:</c>.</param>
internal sealed record ScheduleForm(string Name, ImmutableArray<ScheduleKey> Keys, bool HasEnds)
{
    /// <summary>The key that holds a form's name.</summary>
    public const string NameKey = "schedule";

    /// <summary>The key that says which ends are used.</summary>
    public const string EndsKey = "ends";

    /// <summary>Every form, by name.</summary>
    public static ImmutableArray<ScheduleForm> All { get; } =
    [
        .. typeof(Schedule).GetNestedTypes()
            .Where(type => type.IsSubclassOf(typeof(Schedule)))
            .Select(Of)
            .OrderBy(form => form.Name, StringComparer.Ordinal),
    ];

    /// <summary>What may follow <c>ends:</c>; the first is meant where nothing is said.</summary>
    public static ImmutableArray<string> EndsWords { get; } =
        [.. Enum.GetValues<ScheduleEnds>().Select(ends => Spelling.Kebab(ends.ToString()))];

    /// <summary>
    /// How files write the forms that change, with the numbers left open: those of equal keys together.
    /// </summary>
    public static string Examples { get; } = string.Join(
        " or ",
        All.Where(form => form.HasEnds)
            .GroupBy(form => form.Blanks)
            .Select(g => $"{{{NameKey}: {string.Join(" or ", g.Select(form => form.Name))}{g.Key}}}"));

    /// <summary>Every key that a file may write.</summary>
    public IReadOnlyList<string> Written =>
        [NameKey, .. Keys.Select(key => key.Name), .. HasEnds ? [EndsKey] : Array.Empty<string>()];

    /// <summary>How its value follows from its numbers and the progress r.</summary>
    public string Formula => Type.GetCustomAttribute<ScheduleFormulaAttribute>()!.Formula;

    private string Blanks => string.Concat(Keys.Select(key => $", {key.Name}: …"));

    private Type Type { get; init; } = typeof(Schedule);

    /// <summary>The schedule that an object of JSON writes, or nothing.</summary>
    public static Schedule? Read(JsonElement json)
    {
        var form = json.TryGetProperty(NameKey, out var name) && name.ValueKind is JsonValueKind.String
            ? All.FirstOrDefault(candidate => candidate.Name == name.GetString())
            : null;
        if (form is null || json.EnumerateObject().Any(property => !form.Written.Contains(property.Name)))
        {
            return null;
        }

        var arguments = form.Keys.Select(key => NumberOf(json, key)).ToList();
        if (form.HasEnds)
        {
            arguments.Add(EndsOf(json));
        }

        return arguments.TrueForAll(argument => argument is not null)
            ? (Schedule)form.Type.GetConstructors().Single().Invoke([.. arguments])
            : null;
    }

    /// <summary>The one spelling of a schedule.</summary>
    public static ParameterValue Write(Schedule schedule)
    {
        var form = FormOf(schedule);
        var numbers = form.NumbersOf(schedule).Select(pair => CanonicalJson.Number(pair.Number));
        return schedule is Schedule.Constant
            ? new ParameterValue(numbers.Single())
            : form.Write(numbers.Select(number => new ParameterValue(number)), EndsOf(schedule));
    }

    /// <summary>Whether every number of a schedule lies where it must.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="range">The interval of the parameter.</param>
    public static bool Fits(Schedule schedule, ParameterRange range) =>
        FormOf(schedule).NumbersOf(schedule).All(
            pair => double.IsFinite(pair.Number) && pair.Key.RangeIn(range).Contains(pair.Number));

    /// <summary>The value that a file of this form means.</summary>
    /// <param name="numbers">In the order of the keys.</param>
    /// <param name="ends">One of <see cref="EndsWords"/>.</param>
    public ParameterValue Write(IEnumerable<ParameterValue> numbers, string ends)
    {
        var pairs = Keys.Zip(numbers, (key, number) => $",\"{key.Name}\":{number.Json}");
        var last = ends == EndsWords[0] ? "" : $",\"{EndsKey}\":\"{ends}\"";
        return new ParameterValue($"{{\"{NameKey}\":\"{Name}\"{string.Concat(pairs)}{last}}}");
    }

    private IEnumerable<(ScheduleKey Key, double Number)> NumbersOf(Schedule schedule) =>
        Keys.Select(key => (key, (double)key.Property.GetValue(schedule)!));

    private static object? NumberOf(JsonElement json, ScheduleKey key) =>
        json.TryGetProperty(key.Name, out var number) && number.ValueKind is JsonValueKind.Number
            ? number.GetDouble()
            : null;

    private static object? EndsOf(JsonElement json)
    {
        if (!json.TryGetProperty(EndsKey, out var ends))
        {
            return ScheduleEnds.Inclusive;
        }

        var index = ends.ValueKind is JsonValueKind.String ? EndsWords.IndexOf(ends.GetString()!) : -1;
        return index < 0 ? null : Enum.GetValues<ScheduleEnds>()[index];
    }

    private static string EndsOf(Schedule schedule) =>
        Spelling.Kebab(schedule.GetType().GetProperty(nameof(Schedule.Linear.Ends))!.GetValue(schedule)!
            .ToString()!);

    private static ScheduleForm FormOf(Schedule schedule) =>
        All.Single(form => form.Type == schedule.GetType());

    private static ScheduleForm Of(Type type)
    {
        var parameters = type.GetConstructors().Single().GetParameters();
        var keys = parameters
            .Where(parameter => parameter.ParameterType == typeof(double))
            .Select(p => new ScheduleKey(Spelling.Snake(p.Name!), type.GetProperty(p.Name!)!));
        var hasEnds = parameters.Any(parameter => parameter.ParameterType == typeof(ScheduleEnds));
        return new ScheduleForm(Spelling.Kebab(type.Name), [.. keys], hasEnds) { Type = type };
    }
}
