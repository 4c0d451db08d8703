using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>Keys of a sweep file that stand together: those of the file itself, or of its metric.</summary>
/// <param name="map">The keys.</param>
/// <param name="path">Dotted path of the section; empty for the file itself.</param>
/// <param name="place">Where a missing key is reported.</param>
/// <param name="findings">Where problems go.</param>
internal sealed class SweepFileSection(
    SweepFileNode.Map map, string path, SweepFilePlace place, SweepFileFindings findings)
{
    /// <summary>Refuses every key that is none of these.</summary>
    public void RefuseOthers(IReadOnlyList<string> known)
    {
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            findings.Add(
                entry.Place,
                PathOf(SweepFileProblem.Shown(entry.Key)),
                "an unknown key",
                SweepFileSuggestion.Among(entry.Key, known));
        }
    }

    /// <summary>The entry of a key, or nothing.</summary>
    public SweepFileEntry? Find(string key) => map.Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>The entry of a key that must be there, or nothing once its absence is noted.</summary>
    public SweepFileEntry? Require(string key, string expected)
    {
        var entry = Find(key);
        if (entry is null)
        {
            findings.Add(place, PathOf(key), "nothing", expected);
        }

        return entry;
    }

    /// <summary>The text of a required key, or nothing once a problem is noted.</summary>
    public string? Text(string key, string expected, Func<string, bool> isRight)
    {
        if (Require(key, expected) is not { } entry)
        {
            return null;
        }

        if (entry.Value is SweepFileNode.Scalar { Value: { } value } scalar
            && value == CoreSchema.OfText(scalar.Text)
            && isRight(scalar.Text))
        {
            return scalar.Text;
        }

        Refuse(entry, expected);
        return null;
    }

    /// <summary>
    /// The text of a required key that must be one of a few, or nothing once a problem is noted.
    /// </summary>
    public string? OneOf(string key, IReadOnlyList<string> options)
    {
        var written = (Find(key)?.Value as SweepFileNode.Scalar)?.Text ?? "";
        return Text(key, SweepFileSuggestion.Among(written, options), text => options.Contains(text));
    }

    /// <summary>
    /// A whole number, its default when the key is absent; the default too once a problem is noted.
    /// </summary>
    public long Whole(string key, long fallback, ParameterType.Whole type)
    {
        if (Find(key) is not { } entry)
        {
            return fallback;
        }

        if (entry.Value is SweepFileNode.Scalar { Value: { } value } && type.Accept(value) is { } accepted)
        {
            return long.Parse(accepted.Json);
        }

        Refuse(entry, type.Expected);
        return fallback;
    }

    /// <summary>Notes that the value of a key is not what it should be.</summary>
    public void Refuse(SweepFileEntry entry, string expected) =>
        findings.AddWrong(entry.Place, PathOf(entry.Key), entry.Value, expected);

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
