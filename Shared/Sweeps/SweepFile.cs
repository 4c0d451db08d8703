using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>Reads sweep files: YAML, one document, every key known.</summary>
/// <remarks>
/// Required: <c>name</c>, <c>question</c>, <c>experiment</c>, <c>metric</c>, and <c>data</c> where the
/// experiment declares data sets. Defaults: <c>seed</c> 1, <c>replicates</c> 1, <c>retries</c> 2, no
/// <c>parameters</c>, no <c>scales</c>. Numbers are those of YAML 1.2; a quoted number is a text.
/// </remarks>
public static class SweepFile
{
    /// <summary>Most characters of a file.</summary>
    public const int LengthLimit = 1_000_000;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>What a sweep file says, or everything that is wrong with it.</summary>
    /// <param name="text">Content of the file.</param>
    /// <param name="fileName">How problems name the file.</param>
    /// <param name="catalog">The experiments there are.</param>
    public static SweepFileResult Parse(string text, string fileName, ExperimentCatalog catalog) =>
        Parse(text, fileName, catalog, SweepChoices.None);

    /// <summary>
    /// What a sweep file says at a scale and with settings in place of its keys, or everything that is wrong.
    /// Every scale is checked, wanted or not.
    /// </summary>
    /// <param name="text">Content of the file.</param>
    /// <param name="fileName">How problems name the file.</param>
    /// <param name="catalog">The experiments there are.</param>
    /// <param name="choices">What the command line says.</param>
    public static SweepFileResult Parse(
        string text, string fileName, ExperimentCatalog catalog, SweepChoices choices)
    {
        var findings = new SweepFileFindings(fileName);
        if (text.Length > LengthLimit)
        {
            findings.Add(
                new SweepFilePlace(1, 1),
                "",
                $"{text.Length} characters",
                $"at most {LengthLimit} characters");
            return findings.ToResult();
        }

        if (SweepFileReader.Read(text.TrimStart(ByteOrderMark), findings) is not { } file)
        {
            return findings.ToResult();
        }

        if (!file.Entries.IsEmpty && !file.Entries.Any(entry => SweepFileHead.Keys.Contains(entry.Key)))
        {
            // Some other file was named: what it says is nobody's business.
            findings.Add(
                new SweepFilePlace(1, 1), "", "no key of a sweep file", string.Join(", ", SweepFileHead.Keys));
            return findings.ToResult();
        }

        var parsed = new SweepFileVariants(file, fileName, catalog).Read(choices, findings);
        return findings.IsEmpty ? parsed! : findings.ToResult();
    }
}
