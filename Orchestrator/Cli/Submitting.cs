using System.Diagnostics;
using Shared;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Submits a sweep file as a new sweep.</summary>
public static class Submitting
{
    /// <summary>Submits; an unfinished sweep in the way becomes one sentence on the error stream.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parsed">The sweep file.</param>
    /// <param name="besideUnfinished">Submit even where a sweep of that name is unfinished.</param>
    /// <returns>Name of the sweep, or nothing where it was refused.</returns>
    public static async Task<string?> SubmitAsync(
        IStore store, SweepFileResult.Parsed parsed, bool besideUnfinished)
    {
        var reply = await store.SubmitAsync(
            new Submission(
                new CommandId(Guid.NewGuid()), parsed.Spec.Name, parsed.Plan, ProgramVersion.Current,
                besideUnfinished),
            CancellationToken.None);
        switch (reply)
        {
            case SubmitReply.Submitted submitted:
                return submitted.Sweep;
            case SubmitReply.Unfinished unfinished:
                await Console.Error.WriteLineAsync(Sentence(unfinished));
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private static string Sentence(SubmitReply.Unfinished unfinished)
    {
        var how = unfinished.ChangedKeys.IsEmpty
            ? "unfinished"
            : $"unfinished and this one differs in {string.Join(", ", unfinished.ChangedKeys)}";
        return $"sweep {unfinished.Sweep} is {how}; go on with ./sweep resume {unfinished.Sweep}, "
            + "or submit another beside it with --new";
    }
}
