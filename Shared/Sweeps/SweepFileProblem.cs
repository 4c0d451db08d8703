namespace Shared.Sweeps;

/// <summary>One thing that is wrong with a sweep file, and where.</summary>
/// <param name="File">
/// Name of the file, or the option of the command line, such as <c>--set sampler.steps=many</c>.
/// </param>
/// <param name="Line">From 1; nothing for an option.</param>
/// <param name="Column">From 1; nothing for an option.</param>
/// <param name="Key">
/// Dotted path of the key, such as <c>parameters.sampler.steps</c>; empty for the file itself.
/// </param>
/// <param name="Found">What the file says.</param>
/// <param name="Expected">What it should say.</param>
public sealed record SweepFileProblem(
    string File, int? Line, int? Column, string Key, string Found, string Expected)
{
    /// <summary>Characters of an unknown key that people are shown: what is no sweep file may hold secrets.</summary>
    public const int KeyLength = 40;

    /// <summary>How many problems of a file people are shown.</summary>
    public const int MostShown = 10;

    /// <summary>An unknown key as people are shown it.</summary>
    public static string Shown(string key) => key.Length <= KeyLength ? key : $"{key[..KeyLength]}…";

    /// <summary>The first problems, a line each, and how many more there are.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<SweepFileProblem> problems) =>
        problems.Count <= MostShown
            ? problems.Select(problem => problem.ToString())
            : problems.Take(MostShown).Select(problem => problem.ToString())
                .Append(FormattableString.Invariant($"… and {problems.Count - MostShown} more"));

    /// <summary>
    /// One line: <c>quickstart.yaml:12:3: parameters.sampler.steps: found "many", expected …</c>.
    /// </summary>
    public override string ToString() =>
        $"{File}{(Line is null ? "" : $":{Line}:{Column}")}: "
        + $"{(Key.Length == 0 ? "" : Key + ": ")}found {Found}, expected {Expected}";
}
