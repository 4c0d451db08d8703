using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Shared.Engine;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>The worker's dealings with the store, on behalf of one sweep.</summary>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="coordinator">Where it lives.</param>
/// <param name="artifacts">Where its pictures go.</param>
/// <param name="clock">The worker's clock.</param>
/// <param name="log">Takes one line.</param>
public sealed class WorkerStore(
    string sweep, ICoordinator coordinator, IArtifactStore artifacts, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ComplainEvery = TimeSpan.FromMinutes(1);

    private long _complainedAt;   // a timestamp of the clock; 0 before the first complaint

    /// <summary>Lease times of the store.</summary>
    public LeaseTimes LeaseTimes => coordinator.LeaseTimes;

    /// <summary>The worker's time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>
    /// Carries out an action that concerns the store; tries again while the store is out of reach.
    /// </summary>
    /// <param name="action">Any action except starting, telling and exiting.</param>
    /// <param name="inputs">Takes the store's answer.</param>
    public async Task CarryOutAsync(WorkerAction action, ChannelWriter<WorkerInput> inputs)
    {
        var command = new CommandId(Guid.NewGuid());   // the same at every try
        for (var isFirstTry = true; ; isFirstTry = false)
        {
            try
            {
                if (await AskAsync(action, command, isFirstTry) is { } answer)
                {
                    await inputs.WriteAsync(answer);
                }

                await inputs.WriteAsync(new WorkerInput.StoreAnswered(Now));
                return;
            }
            catch (StoreUnreachableException silence)
            {
                Complain(silence);
                await inputs.WriteAsync(new WorkerInput.StoreSilent());
                if (action is WorkerAction.Renew or WorkerAction.LoseAbandoned)
                {
                    // A verdict from before a silence is not carried out after it: the next look judges anew.
                    return;
                }

                await Task.Delay(RetryAfter, clock);
            }
        }
    }

    /// <summary>
    /// Says now and then what the store said, so that nobody waits without knowing for what.
    /// </summary>
    private void Complain(StoreUnreachableException silence)
    {
        var now = clock.GetTimestamp();
        var last = Interlocked.Read(ref _complainedAt);
        var isDue = last == 0 || clock.GetElapsedTime(last, now) >= ComplainEvery;
        if (isDue && Interlocked.CompareExchange(ref _complainedAt, now, last) == last)
        {
            log($"{silence.Message}; trying again every second for {LeaseTimes.CutOffLimit.TotalMinutes:0} minutes");
        }
    }

    private async Task<WorkerInput?> AskAsync(WorkerAction action, CommandId command, bool isFirstTry)
    {
        switch (action)
        {
            case WorkerAction.Claim claim:
                return await ClaimAsync(claim, command, isFirstTry);
            case WorkerAction.StoreBatch store:
                var batch = new MetricBatch(store.Batch.Attempt, store.Batch.Batch, store.Batch.Points);
                await coordinator.StoreBatchesAsync([batch], CancellationToken.None);
                return null;
            case WorkerAction.StoreArtifact store:
                await StoreAsync(store.Artifact);
                return null;
            case WorkerAction.Finish finish:
                await SendAsync(new SweepCommand.FinishAttempt(
                    command, Now, finish.End.Attempt, finish.End.Outcome, finish.End.Reason, finish.LogTail,
                    finish.End.LastBatch));
                return null;
            case WorkerAction.Lose lose:
                await SendAsync(
                    new SweepCommand.LoseAttempt(command, Now, lose.Attempt, lose.Reason, lose.LogTail));
                return null;
            case WorkerAction.HandBack handBack:
                await SendAsync(new SweepCommand.HandBackAttempt(command, Now, handBack.Attempt));
                return null;
            case WorkerAction.Renew renew:
                var refused = await coordinator.RenewAsync(renew.Attempts, CancellationToken.None);
                return new WorkerInput.Renewed(Now, refused);
            case WorkerAction.LoseAbandoned lose:
                await coordinator.LoseAbandonedAsync(sweep, lose.ExpiredToo, CancellationToken.None);
                return null;
            default:
                throw new UnreachableException($"action {action.GetType().Name}");
        }
    }

    private async Task<WorkerInput> ClaimAsync(WorkerAction.Claim claim, CommandId command, bool isFirstTry)
    {
        var state = await ReadAsync();
        if (state.IsEnded)
        {
            return new WorkerInput.SweepOver();
        }

        if (isFirstTry && state.Waiting.IsEmpty)
        {
            // A look writes nothing. A later try asks in any case: the first one may have been granted
            // unheard.
            return new WorkerInput.NothingToClaim(claim.Slot);
        }

        return await SendAsync(
            new SweepCommand.ClaimTrials(command, Now, [claim.Place], claim.Environment, Offer: null)) switch
        {
            Decision.Accepted { Events: [SweepEvent.AttemptStarted started] } =>
                new WorkerInput.Claimed(claim.Slot, TrialStart.Of(state.Plan!, started.Attempt)),
            Decision.Rejected { Reason: Rejection.ProgramMismatch } => new WorkerInput.ClaimsRefused(
                $"sweep {sweep} was submitted by another version of this program ({state.Program}); "
                + $"this one is {claim.Environment.Program}"),
            Decision.Rejected { Reason: Rejection.WorkerExcluded } => new WorkerInput.ClaimsRefused(
                $"sweep {sweep} gives this worker no more trials: {state.Excluded.GetValueOrDefault(claim.Place.Worker)}"),
            Decision.Rejected => new WorkerInput.NothingToClaim(claim.Slot),
            var other => throw new UnreachableException($"a claim was answered by {other}"),
        };
    }

    private async Task StoreAsync(FromSlot.Produced produced)
    {
        var bytes = await File.ReadAllBytesAsync(produced.Path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != produced.Sha256)
        {
            throw new InvalidDataException($"{produced.Path} is not what the slot wrote");
        }

        await artifacts.PutAsync(
            new Artifact(produced.Attempt, produced.Name, produced.MediaType, bytes), CancellationToken.None);
        File.Delete(produced.Path);
    }

    private Task<Decision> SendAsync(SweepCommand command) =>
        coordinator.SendAsync(sweep, command, CancellationToken.None);

    private async Task<SweepState> ReadAsync() =>
        await coordinator.ReadAsync(sweep, CancellationToken.None)
        ?? throw new UnreachableException($"sweep {sweep} is gone from its store");
}
