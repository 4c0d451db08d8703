using System.Globalization;

namespace Shared.Engine;

/// <summary>
/// What may name a worker: letters and digits of ASCII, <c>.</c>, <c>_</c> and <c>-</c>, no <c>.</c> or <c>-</c>
/// first, so that it is one word on a terminal and a file's name in every folder, and leaves none.
/// </summary>
public static class WorkerName
{
    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 64;

    /// <summary>The rule, for people.</summary>
    public const string Form = "letters, digits, '.', '_' and '-', at most 64, no '.' or '-' first";

    /// <summary>Whether a text can name a worker.</summary>
    public static bool IsOne(string name) =>
        name.Length is > 0 and <= Longest && name[0] is not ('.' or '-') && name.All(IsAllowed);

    /// <summary>A name from those of a machine and a process.</summary>
    /// <param name="machine">Any text; what a name cannot hold becomes a hyphen.</param>
    /// <param name="process">Its number, which is never cut off.</param>
    public static string Of(string machine, int process)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $"-{process}");
        var start = string.Concat(machine.Select(c => IsAllowed(c) ? c : '-')).TrimStart('.', '-');
        return string.Concat(start.AsSpan(0, Math.Min(start.Length, Longest - end.Length)), end) is var name
            && IsOne(name) ? name : $"box{end}";
    }

    /// <summary>Refuses what cannot name a worker.</summary>
    /// <exception cref="ArgumentException">It is such a text.</exception>
    public static void Require(string name)
    {
        if (!IsOne(name))
        {
            throw new ArgumentException($"a worker's name is {Form}", nameof(name));
        }
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
