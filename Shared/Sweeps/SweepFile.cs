using Shared.Experiments;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>Reads sweep files: YAML, one document, every key known.</summary>
/// <remarks>
/// Required: <c>name</c>, <c>question</c>, <c>experiment</c>, <c>metric</c>, and <c>data</c> where the
/// experiment declares data sets. Defaults: <c>seed</c> 1, <c>replicates</c> 1, <c>retries</c> 2, no
/// <c>parameters</c>. Numbers are those of YAML 1.2; a quoted number is a text.
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
    public static SweepFileResult Parse(string text, string fileName, ExperimentCatalog catalog)
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

        var (spec, experiment) = SweepFileHead.Read(file, catalog, findings);
        if (experiment is null)
        {
            return findings.ToResult();
        }

        var entry = file.Entries.FirstOrDefault(candidate => candidate.Key == SweepFileParameters.Key);
        spec = spec with { Parameters = new SweepFileParameters(experiment, findings).Read(entry) };
        if (findings.IsEmpty)
        {
            SweepFileCheck.Check(spec, experiment, entry, findings);
        }

        return findings.IsEmpty
            ? new SweepFileResult.Parsed(spec, experiment, Grid.Plan(spec, experiment))
            : findings.ToResult();
    }
}
