namespace Shared.Sweeps;

/// <summary>What a misspelt word was probably meant to be.</summary>
internal static class SweepFileSuggestion
{
    private const int LengthLimit = 64;

    /// <summary>What to expect instead of a word: the known one next to it, or all of them.</summary>
    public static string Among(string word, IReadOnlyList<string> known) =>
        (Nearest(word, known) is { } nearest ? $"{nearest} perhaps, " : "") + OneOf(known);

    /// <summary>
    /// The known word that differs in so few letters that it was probably meant, or nothing.
    /// </summary>
    /// <remarks>
    /// Where the word has no dots, only the last part of a dotted name is compared with it.
    /// </remarks>
    public static string? Nearest(string word, IReadOnlyList<string> known)
    {
        if (word.Length is 0 or > LengthLimit)
        {
            return null;
        }

        var (nearest, distance) = known
            .Select(name => (name, Distance(word, word.Contains('.') ? name : LastPart(name))))
            .OrderBy(pair => pair.Item2)
            .FirstOrDefault();
        return nearest is not null && distance <= Math.Min(2, word.Length / 3) ? nearest : null;
    }

    private static string OneOf(IReadOnlyList<string> known) =>
        known.Count == 1 ? known[0] : $"one of {string.Join(", ", known)}";

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    // Levenshtein: insertions, deletions and replacements, each of cost 1.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
