using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Shared.Sweeps;

/// <summary>
/// Reads the key <c>requirements</c>: <c>{labels: {rack: a}, device: H100, memory: 16GiB}</c>, each part optional.
/// </summary>
internal static class SweepFileRequirements
{
    /// <summary>Key of a sweep file.</summary>
    public const string Key = "requirements";

    private const string Labels = "labels";
    private const string Device = "device";
    private const string Memory = "memory";
    private const string Expected = "{labels: {NAME: VALUE}, device: WORDS, memory: 16GiB}, at least one of them";
    private const string ExpectedMemory = "a whole number of GiB or MiB, such as 16GiB";
    private const string ExpectedDevice = "words that the device's model contains, such as H100";
    private const int LongestText = 100;

    private static readonly (string Unit, int Bits)[] Units = [("GiB", 30), ("MiB", 20)];

    /// <summary>What the file says, or nothing without the key or once a problem is noted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="findings">Where problems go.</param>
    public static Requirements? Read(SweepFileSection file, SweepFileFindings findings)
    {
        if (file.Find(Key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is not SweepFileNode.Map { Entries.IsEmpty: false } map)
        {
            file.Refuse(entry, Expected);
            return null;
        }

        var section = new SweepFileSection(map, Key, entry.Place, findings);
        section.RefuseOthers([Labels, Device, Memory]);
        return new Requirements(
            ReadLabels(section, findings),
            section.Find(Device) is null ? null : section.Text(Device, ExpectedDevice, IsText),
            section.Find(Memory) is not null
                && section.Text(Memory, ExpectedMemory, text => BytesOf(text) is not null) is { } memory
                    ? BytesOf(memory)
                    : null);
    }

    /// <summary>The value of the key that says the same, as JSON.</summary>
    public static string JsonOf(Requirements requirements)
    {
        var parts = new List<string>();
        if (!requirements.Labels.IsEmpty)
        {
            parts.Add($"\"{Labels}\":{JsonSerializer.Serialize(requirements.Labels)}");
        }

        if (requirements.Device is { } device)
        {
            parts.Add($"\"{Device}\":{JsonSerializer.Serialize(device)}");
        }

        if (requirements.MemoryBytes is { } bytes)
        {
            var (unit, bits) = Units.First(u => bytes % (1L << u.Bits) == 0);
            parts.Add($"\"{Memory}\":\"{(bytes >> bits).ToString(CultureInfo.InvariantCulture)}{unit}\"");
        }

        return $"{{{string.Join(',', parts)}}}";
    }

    private static ImmutableSortedDictionary<string, string> ReadLabels(
        SweepFileSection section, SweepFileFindings findings)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (section.Find(Labels) is not { } entry)
        {
            return labels.ToImmutable();
        }

        if (entry.Value is not SweepFileNode.Map map)
        {
            section.Refuse(entry, "{NAME: VALUE}");
            return labels.ToImmutable();
        }

        var inner = new SweepFileSection(map, $"{Key}.{Labels}", entry.Place, findings);
        foreach (var label in map.Entries)
        {
            // Numbers and words are taken as they are written: a label is a text.
            if (label.Value is SweepFileNode.Scalar { IsNothing: false } scalar && IsText(scalar.Text))
            {
                labels[label.Key] = scalar.Text;
            }
            else
            {
                inner.Refuse(label, "the label's value, one word or text");
            }
        }

        return labels.ToImmutable();
    }

    private static bool IsText(string text) =>
        text.Length is > 0 and <= LongestText && !text.Any(char.IsControl);

    private static long? BytesOf(string text)
    {
        foreach (var (unit, bits) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(
                    text.AsSpan()[..^unit.Length].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var count)
                && count > 0)
            {
                return (long)count << bits;
            }
        }

        return null;
    }
}
