using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Shared.Sweeps;

/// <summary>Which name a submission gets.</summary>
public static class SweepNaming
{
    private const string ParametersKey = "parameters";
    private const string ProgramKey = "program";

    /// <summary>The name for a submission, or the unfinished sweep that stands in its way.</summary>
    /// <param name="name">Name as the sweep file gives it.</param>
    /// <param name="spec">The sweep file as canonical JSON.</param>
    /// <param name="program">Hash of the program's source trees.</param>
    /// <param name="besideUnfinished">Give a name even where a sweep of that file name is unfinished.</param>
    /// <param name="namesakes">The sweeps that were submitted under the same file name, oldest first.</param>
    /// <param name="taken">Every name that a sweep of the store has.</param>
    public static NamingDecision Decide(
        string name,
        string spec,
        string program,
        bool besideUnfinished,
        ImmutableArray<Namesake> namesakes,
        IReadOnlySet<string> taken)
    {
        if (!besideUnfinished && InTheWay(spec, program, namesakes) is { } blocking)
        {
            return blocking;
        }

        var free = name;
        for (var number = 2; taken.Contains(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return new NamingDecision.Free(free);
    }

    /// <summary>
    /// The keys in which two submissions differ, in ordinal order: top-level keys of the file,
    /// <c>parameters.x</c> for a parameter, <c>program</c> for the program's hash.
    /// </summary>
    public static ImmutableArray<string> ChangedKeys(
        string spec, string program, string otherSpec, string otherProgram)
    {
        var keys = Flatten(spec);
        var others = Flatten(otherSpec);
        var changed = keys.Keys.Union(others.Keys, StringComparer.Ordinal)
            .Where(key => keys.GetValueOrDefault(key) != others.GetValueOrDefault(key));
        return
        [
            .. (program == otherProgram ? changed : changed.Append(ProgramKey)).Order(StringComparer.Ordinal),
        ];
    }

    private static NamingDecision.Blocked? InTheWay(
        string spec, string program, ImmutableArray<Namesake> namesakes)
    {
        var unfinished = namesakes.Where(n => !n.IsEnded)
            .Select(n => new NamingDecision.Blocked(n.Name, ChangedKeys(n.Spec, n.Program, spec, program)))
            .ToList();

        // An unchanged one is what the user can resume; otherwise the newest is what was edited last.
        return unfinished.Find(b => b.ChangedKeys.IsEmpty) ?? unfinished.LastOrDefault();
    }

    private static Dictionary<string, string> Flatten(string spec)
    {
        using var document = JsonDocument.Parse(spec);
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property is { Name: ParametersKey, Value.ValueKind: JsonValueKind.Object })
            {
                foreach (var parameter in property.Value.EnumerateObject())
                {
                    flat[$"{ParametersKey}.{parameter.Name}"] = CanonicalJson.Of(parameter.Value);
                }
            }
            else
            {
                flat[property.Name] = CanonicalJson.Of(property.Value);
            }
        }

        return flat;
    }
}

/// <summary>A sweep that was submitted under the same file name.</summary>
/// <param name="Name">Name that it got.</param>
/// <param name="Spec">Its sweep file as canonical JSON.</param>
/// <param name="Program">Hash of its program's source trees.</param>
/// <param name="IsEnded">Whether it is completed or cancelled.</param>
public sealed record Namesake(string Name, string Spec, string Program, bool IsEnded);

/// <summary>Which name a submission gets, if any.</summary>
public abstract record NamingDecision
{
    private NamingDecision()
    {
    }

    /// <summary>This name.</summary>
    public sealed record Free(string Name) : NamingDecision;

    /// <summary>None, because this sweep is unfinished.</summary>
    /// <param name="Sweep">Name of the unfinished sweep.</param>
    /// <param name="ChangedKeys">Keys of the file that differ from it; empty when unchanged.</param>
    public sealed record Blocked(string Sweep, ImmutableArray<string> ChangedKeys) : NamingDecision;
}
