using System.Globalization;
using System.Text;

namespace Tests.Simulation;

/// <summary>
/// How often each thing occurred: events, reasons, faults and sights; a simulator that meets no trouble
/// proves nothing.
/// </summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How often something occurred.</summary>
    public int this[string kind] => _counts.GetValueOrDefault(kind);

    public int this[Sight sight] => this[NameOf(sight)];

    public static string NameOf(Fault fault) => $"fault {fault}";

    public static string NameOf(Sight sight) => $"sight {sight}";

    public void Add(Fault fault) => Add(NameOf(fault));

    public void Add(Sight sight) => Add(NameOf(sight));

    public void Add(string kind, int times = 1) => _counts[kind] = this[kind] + times;

    /// <summary>Adds what another run came across.</summary>
    public void Add(Tally other)
    {
        foreach (var (kind, times) in other._counts)
        {
            Add(kind, times);
        }
    }

    /// <summary>One line a kind.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (kind, times) in _counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{times,9}  {kind}");
        }

        return text.ToString();
    }
}
