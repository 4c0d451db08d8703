using System.Collections.Immutable;
using Shared.Experiments;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>Reads the parameters of a sweep file: each a value, or <c>{values: […]}</c> when swept.</summary>
/// <param name="experiment">Says which parameters there are.</param>
/// <param name="findings">Where problems go.</param>
internal sealed class SweepFileParameters(ExperimentDeclaration experiment, SweepFileFindings findings)
{
    /// <summary>The key that they stand under.</summary>
    public const string Key = "parameters";

    public const string ValuesKey = "values";

    /// <summary>The parameters in the file's order, without those that a problem was noted for.</summary>
    public ImmutableArray<ParameterChoice> Read(SweepFileEntry? entry)
    {
        switch (entry?.Value)
        {
            case null or { IsNothing: true }:
                return [];
            case SweepFileNode.Map map:
                return [.. map.Entries.Select(ReadParameter).OfType<ParameterChoice>()];
            default:
                findings.AddWrong(entry.Place, Key, entry.Value, "dotted names with values");
                return [];
        }
    }

    private ParameterChoice? ReadParameter(SweepFileEntry entry)
    {
        if (experiment.Find(entry.Key) is not { } parameter)
        {
            RefuseUnknown(entry);
            return null;
        }

        var path = $"{Key}.{parameter.Name}";
        if (entry.Value is SweepFileNode.Map map && map.Entries.Any(inner => inner.Key == ValuesKey))
        {
            return ReadSwept(map, path, parameter);
        }

        return ReadValue(entry.Value, entry.Place, path, parameter) is { } value
            ? new ParameterChoice(parameter.Name, [value], IsSwept: false)
            : null;
    }

    private void RefuseUnknown(SweepFileEntry entry)
    {
        var names = experiment.Parameters.Select(parameter => parameter.Name).ToList();
        var inside = names.Where(name => name.StartsWith(entry.Key + ".", StringComparison.Ordinal)).ToList();
        if (inside.Count > 0)
        {
            findings.Add(
                entry.Place, $"{Key}.{entry.Key}", "a group", $"dotted names: {string.Join(", ", inside)}");
            return;
        }

        findings.Add(
            entry.Place,
            $"{Key}.{SweepFileProblem.Shown(entry.Key)}",
            "an unknown parameter",
            SweepFileSuggestion.Among(entry.Key, names));
    }

    private ParameterChoice? ReadSwept(SweepFileNode.Map map, string path, ParameterDeclaration parameter)
    {
        foreach (var other in map.Entries.Where(inner => inner.Key != ValuesKey))
        {
            findings.Add(
                other.Place, $"{path}.{SweepFileProblem.Shown(other.Key)}", "an unknown key", $"{ValuesKey} alone");
        }

        var entry = map.Entries.Single(inner => inner.Key == ValuesKey);
        path = $"{path}.{ValuesKey}";
        if (entry.Value is not SweepFileNode.List { Items.IsEmpty: false } list)
        {
            findings.AddWrong(entry.Place, path, entry.Value, "a list of at least one value");
            return null;
        }

        var values = new List<ParameterValue>();
        foreach (var item in list.Items)
        {
            if (ReadValue(item, item.Place, path, parameter) is not { } value)
            {
                continue;
            }

            if (values.Contains(value))
            {
                findings.Add(item.Place, path, $"{value} a second time", "each value once");
            }

            values.Add(value);
        }

        return values.Count == list.Items.Length
            ? new ParameterChoice(parameter.Name, [.. values], IsSwept: true)
            : null;
    }

    private ParameterValue? ReadValue(
        SweepFileNode node, SweepFilePlace place, string path, ParameterDeclaration parameter)
    {
        if (node is SweepFileNode.Scalar { Value: { } written }
            && parameter.Type.Accept(written) is { } value)
        {
            return value;
        }

        if (node is SweepFileNode.Map map
            && parameter.Type is ParameterType.Varying varying
            && map.Entries.Any(inner => inner.Key == ScheduleForm.NameKey))
        {
            return ReadSchedule(map, place, path, varying);
        }

        var several = node is SweepFileNode.Scalar ? "" : $"; several are written {{{ValuesKey}: […]}}";
        findings.AddWrong(place, path, node, parameter.Expected + several);
        return null;
    }

    private ParameterValue? ReadSchedule(
        SweepFileNode.Map map, SweepFilePlace place, string path, ParameterType.Varying type)
    {
        var section = new SweepFileSection(map, path, place, findings);
        var name = section.OneOf(ScheduleForm.NameKey, [.. ScheduleForm.All.Select(known => known.Name)]);
        if (ScheduleForm.All.FirstOrDefault(known => known.Name == name) is not { } form)
        {
            return null;
        }

        section.RefuseOthers(form.Written);
        var ends = section.Find(ScheduleForm.EndsKey) is not null && form.HasEnds
            ? section.OneOf(ScheduleForm.EndsKey, ScheduleForm.EndsWords)
            : ScheduleForm.EndsWords[0];
        var numbers = form.Keys.Select(key => ReadNumber(section, key, type)).ToList();
        return ends is not null && numbers.TrueForAll(number => number is not null)
            ? type.Accept(form.Write(numbers.Select(number => number!.Value), ends))
            : null;
    }

    private static ParameterValue? ReadNumber(
        SweepFileSection section, ScheduleKey key, ParameterType.Varying type)
    {
        var number = new ParameterType.Number(key.RangeIn(type.Range));
        if (section.Require(key.Name, number.Expected) is not { } entry)
        {
            return null;
        }

        if (entry.Value is SweepFileNode.Scalar { Value: { } written } && number.Accept(written) is { } value)
        {
            return value;
        }

        section.Refuse(entry, number.Expected);
        return null;
    }
}
