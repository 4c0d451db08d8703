using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>Reads what <c>--set KEY=VALUE</c> puts in place of keys of the file; the value is YAML.</summary>
internal static class SweepFileSettings
{
    private const string Prefix = SweepFileParameters.Key + ".";

    /// <summary>
    /// One entry a setting, without those that a problem was noted for: a key of the file's head, or else a
    /// parameter.
    /// </summary>
    public static ImmutableArray<SweepFileEntry> Read(
        ImmutableArray<string> settings, SweepFileFindings findings)
    {
        var entries = ImmutableArray.CreateBuilder<SweepFileEntry>();
        foreach (var setting in settings)
        {
            if (ReadOne(setting, findings) is not { } entry)
            {
                continue;
            }

            if (entries.Any(earlier => earlier.Key == entry.Key))
            {
                findings.Add(entry.Place, entry.Key, "the key a second time", "each key once");
                continue;
            }

            entries.Add(entry);
        }

        return entries.ToImmutable();
    }

    private static SweepFileEntry? ReadOne(string setting, SweepFileFindings findings)
    {
        var place = SweepFilePlace.Of($"--set {setting.ReplaceLineEndings(" ")}");
        var end = setting.IndexOf('=', StringComparison.Ordinal);
        if (end <= 0)
        {
            findings.Add(
                place, "", end < 0 ? "no =" : "no key", "KEY=VALUE, such as sampler.steps=20");
            return null;
        }

        var key = setting[..end].Trim();
        // Messages name parameters so: what they say may be typed.
        key = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key;
        if (SweepFileHead.Keys.Contains(key) && !SweepFileHead.SettableKeys.Contains(key))
        {
            findings.Add(
                place,
                key,
                "a key that only the file may hold",
                $"a parameter, or one of {string.Join(", ", SweepFileHead.SettableKeys)}");
            return null;
        }

        return SweepFileReader.ReadValue(setting[(end + 1)..], key, place, findings) is { } value
            ? new SweepFileEntry(place, key, value)
            : null;
    }
}
