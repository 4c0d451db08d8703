using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>Collects what is wrong with one file while it is read.</summary>
/// <param name="file">Name of the file.</param>
internal sealed class SweepFileFindings(string file)
{
    private readonly List<SweepFileProblem> _problems = [];

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>What was found, in the order in which it was.</summary>
    public ImmutableArray<SweepFileProblem> All => [.. _problems];

    /// <summary>Notes a problem.</summary>
    public void Add(SweepFilePlace place, string key, string found, string expected) => _problems.Add(
        new SweepFileProblem(place.Option ?? file, place.Line, place.Column, key, found, expected));

    /// <summary>Notes problems that were found elsewhere; one that is noted already stays as it is.</summary>
    public void AddAll(IEnumerable<SweepFileProblem> problems) =>
        _problems.AddRange(problems.Except(_problems).ToList());

    /// <summary>Notes that a value is not what it should be, unless it was refused already.</summary>
    public void AddWrong(SweepFilePlace place, string key, SweepFileNode node, string expected)
    {
        if (node is not SweepFileNode.Refused)
        {
            Add(place, key, node.Found, expected);
        }
    }

    /// <summary>The problems in the file's order, those of the command line first.</summary>
    public SweepFileResult.Wrong ToResult() => new(
    [
        .. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column),
    ]);
}
