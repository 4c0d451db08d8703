using System.Diagnostics;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Submits a sweep file as a new sweep.</summary>
public static class Submitting
{
    /// <summary>
    /// How a store is opened for a sweep: one that follows from another makes no new store.
    /// </summary>
    public static StoreMode ModeFor(SweepFileResult.Parsed parsed) =>
        parsed.Plan.From is null ? StoreMode.Create : StoreMode.Existing;

    /// <summary>
    /// Submits; an unfinished sweep in the way, or a parent that it cannot follow from, becomes one sentence
    /// on the error stream.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="parsed">The sweep file.</param>
    /// <param name="besideUnfinished">Submit even where a sweep of that name is unfinished.</param>
    /// <param name="priority">Larger numbers are served first.</param>
    /// <param name="isPaused">Whether no trial may be claimed before it is resumed.</param>
    /// <returns>Name of the sweep, or nothing where it was refused.</returns>
    public static async Task<string?> SubmitAsync(
        IStore store,
        SweepFileResult.Parsed parsed,
        bool besideUnfinished,
        int priority = 0,
        bool isPaused = false)
    {
        if (await WhyNotFollowingAsync(store, parsed.Plan) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return null;
        }

        var reply = await store.SubmitAsync(
            new Submission(
                new CommandId(Guid.NewGuid()), parsed.Spec.Name, parsed.Plan, ProgramVersion.Current,
                besideUnfinished, priority, isPaused),
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

    private static async Task<string?> WhyNotFollowingAsync(
        IStore store, SweepPlan plan) => plan.From is { } from
        ? Shared.Sweeps.Following.Refusal(plan, await store.ReadAsync(from.Sweep, CancellationToken.None))
        : null;

    private static string Sentence(SubmitReply.Unfinished unfinished)
    {
        var how = unfinished.ChangedKeys.IsEmpty
            ? "unfinished"
            : $"unfinished and this one differs in {string.Join(", ", unfinished.ChangedKeys)}";
        return $"sweep {unfinished.Sweep} is {how}; go on with ./sweep resume {unfinished.Sweep}, "
            + "or submit another beside it with --new";
    }
}
