using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Experiments;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Submits a sweep file as a new sweep, and pairs trials with those of a parent.</summary>
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
    /// <param name="whyNot">
    /// Asked of the plan once its trials are known, before anything is stored: one sentence refuses it.
    /// </param>
    /// <returns>Name of the sweep, or nothing where it was refused.</returns>
    public static async Task<string?> SubmitAsync(
        IStore store,
        SweepFileResult.Parsed parsed,
        bool besideUnfinished,
        int priority = 0,
        bool isPaused = false,
        Func<SweepPlan, Task<string?>>? whyNot = null)
    {
        if (await PairedAsync(store, parsed) is not { } plan)
        {
            return null;
        }

        if (whyNot is not null && await whyNot(plan) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return null;
        }

        var reply = await store.SubmitAsync(
            new Submission(
                new CommandId(Guid.NewGuid()), parsed.Spec.Name, plan, ProgramVersion.Current,
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

    /// <summary>
    /// The trials that a sweep is to gain, each with the one of its parent that it follows; where one has none, a
    /// sentence on the error stream and nothing.
    /// </summary>
    public static async Task<SweepAddition?> PairedAsync(IStore store, SweepState state, SweepAddition addition) =>
        await PairedAsync(Pairing.OfExtension(
            state.Plan!, addition.Trials, await ParentAsync(store, state.Plan!))) is { } trials
            ? addition with { Trials = trials }
            : null;

    private static async Task<SweepPlan?> PairedAsync(IStore store, SweepFileResult.Parsed parsed)
    {
        var plan = parsed.Plan;
        var parent = await ParentAsync(store, plan);
        if (!plan.IsEvaluation)
        {
            return await PairedAsync(Pairing.OfSubmission(plan, parent)) is { } trials
                ? plan with { Trials = trials }
                : null;
        }

        switch (EvaluationPlan.Of(plan, parsed.Experiment, parent, ExperimentCatalog.Default))
        {
            case EvaluationPlanResult.Planned planned:
                return planned.Plan;
            case EvaluationPlanResult.Refused refused:
                await Console.Error.WriteLineAsync(refused.Reason);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<ImmutableArray<PlannedTrial>?> PairedAsync(PairingResult result)
    {
        switch (result)
        {
            case PairingResult.Paired paired:
                return paired.Trials;
            case PairingResult.Refused refused:
                await Console.Error.WriteLineAsync(refused.Reason);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<SweepState?> ParentAsync(IStore store, SweepPlan plan) => plan.From is { } from
        ? await store.ReadAsync(from.Sweep, CancellationToken.None)
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
