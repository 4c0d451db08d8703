using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Shared.Engine;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>The worker's dealings with the store.</summary>
internal sealed class WorkerStore
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ComplainEvery = TimeSpan.FromMinutes(1);

    private readonly IStore _store;
    private readonly string? _sweep;
    private readonly WorkerData _data;
    private readonly WorkerOffer _offer;
    private readonly CheckpointPort _checkpoints;
    private readonly SweepReader _reader;
    private readonly WorkerLook _look;
    private readonly TimeProvider _clock;
    private readonly Action<string> _log;
    private bool _saidReportRefused;
    private long _complainedAt;   // a timestamp of the clock; 0 before the first complaint

    /// <summary>The dealings of one worker.</summary>
    /// <param name="store">The store.</param>
    /// <param name="sweep">The one sweep that it works on; nothing for every unfinished one.</param>
    /// <param name="data">The data sets of this machine.</param>
    /// <param name="offer">What it has beside data.</param>
    /// <param name="spool">Folder for artifacts on their way.</param>
    /// <param name="clock">The worker's clock.</param>
    /// <param name="log">Takes one line.</param>
    public WorkerStore(
        IStore store,
        string? sweep,
        WorkerData data,
        WorkerOffer offer,
        string spool,
        TimeProvider clock,
        Action<string> log)
    {
        _store = store;
        _sweep = sweep;
        _data = data;
        _offer = offer;
        _checkpoints = new CheckpointPort(store, store, spool, clock, log);
        _reader = new SweepReader(store, sweep, log);
        _look = new WorkerLook(sweep, store, _reader, store, () => Now);
        _clock = clock;
        _log = log;
    }

    /// <summary>Lease times of the store.</summary>
    public LeaseTimes LeaseTimes => _store.LeaseTimes;

    /// <summary>The worker's time.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>
    /// Why the last claim granted nothing, one sentence a sweep; empty when it granted something.
    /// </summary>
    public string Idle { get; private set; } = "";

    /// <summary>
    /// Carries out an action that concerns the store; tries again while the store is out of reach.
    /// </summary>
    /// <param name="action">Any action that asks or tells the store something, except batches.</param>
    /// <param name="inputs">Takes the store's answer.</param>
    public Task CarryOutAsync(WorkerAction action, ChannelWriter<WorkerInput> inputs)
    {
        var command = new CommandId(Guid.NewGuid());   // the same at every try
        switch (action)
        {
            case WorkerAction.Claim claim:
                var round = new ClaimRound(claim, _sweep, _store, _reader, _data, _offer, () => Now);
                return AskAsync(() => ClaimAsync(round), inputs);
            case WorkerAction.StoreArtifact store:
                return AskAsync(() => StoreAsync(store.Artifact), inputs);
            case WorkerAction.StoreCheckpoint store:
                return AskAsync(async () => await _checkpoints.StoreAsync(store, command), inputs);
            case WorkerAction.Finish finish:
                var end = finish.End;
                return SendAsync(
                    end.Attempt,
                    new SweepCommand.FinishAttempt(
                        command, Now, end.Attempt, end.Outcome, end.Reason, finish.LogTail, end.LastBatch)
                    {
                        Updates = end.Updates,
                        IsSourceUnreadable = end.IsSourceUnreadable,
                    },
                    inputs);
            case WorkerAction.Lose lose:
                return SendAsync(
                    lose.Attempt,
                    new SweepCommand.LoseAttempt(command, Now, lose.Attempt, lose.Reason, lose.LogTail),
                    inputs);
            case WorkerAction.HandBack back:
                return SendAsync(
                    back.Attempt, new SweepCommand.HandBackAttempt(command, Now, back.Attempt), inputs);
            case WorkerAction.Renew renew:
                return AskAsync(() => RenewAsync(renew), inputs, isTriedAgain: false);
            case WorkerAction.Look look:
                // A verdict from before a silence is not carried out after it: the next look judges anew.
                return AskAsync(
                    async () => await _look.GoAsync(look), inputs, isTriedAgain: false,
                    new WorkerInput.LookUnanswered());
            default:
                throw new UnreachableException($"action {action.GetType().Name}");
        }
    }

    /// <summary>Stores batches, in one call.</summary>
    public Task StoreAsync(ImmutableArray<MetricBatch> batches, ChannelWriter<WorkerInput> inputs) =>
        AskAsync(
        async () =>
        {
            await _store.StoreBatchesAsync(batches, CancellationToken.None);
            return null;
        },
        inputs);

    /// <summary>
    /// What a slot is told when an attempt begins: where its checkpoint or parent's model is, too.
    /// </summary>
    /// <returns>The message, or why the file that it names cannot be read.</returns>
    public async Task<(ToSlot.Start? Start, string Problem)> PrepareAsync(
        WorkerAction.Begin begin, ChannelWriter<WorkerInput> inputs)
    {
        if (begin is { From: null, Parent: null })
        {
            return (begin.Start, "");
        }

        (ToSlot.Start? Start, string Problem) prepared = (null, "");
        await AskAsync(
            async () =>
            {
                prepared = await _checkpoints.PrepareAsync(begin);
                return null;
            },
            inputs);
        return prepared;
    }

    /// <summary>
    /// Tells people about this worker; where the store does not answer, the next report does.
    /// </summary>
    public async Task ReportAsync(WorkerReport report)
    {
        try
        {
            await _store.ReportWorkerAsync(report with { OnlySweep = _sweep }, CancellationToken.None);
        }
        catch (StoreUnreachableException silence)
        {
            Complain(silence);
        }
        catch (StoreUnusableException refusal) when (!_saidReportRefused)
        {
            _saidReportRefused = true;
            _log($"./sweep workers shows nothing new of this worker: {refusal.Message}; "
                + "a store that an older program made takes it after ./sweep migrate");
        }
        catch (StoreUnusableException)
        {
            // Said once: it works without.
        }
    }

    /// <summary>Waits until something may have become claimable, paused or cancelled.</summary>
    /// <returns>False after the limit, and when the store does not answer.</returns>
    public async Task<bool> HearsNewsAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await _store.WaitAsync(limit, cancellation);
        }
        catch (StoreUnreachableException)
        {
            await Task.Delay(RetryAfter, _clock, cancellation);   // the look finds what the hint would tell
            return false;
        }
    }

    private Task SendAsync(AttemptId attempt, SweepCommand command, ChannelWriter<WorkerInput> inputs) =>
        AskAsync(
        async () =>
        {
            var decision = await _store.SendAsync(attempt.Sweep, command, CancellationToken.None);
            if (decision is Decision.Rejected { Reason: var reason })
            {
                _log($"{attempt}: {command.GetType().Name} is refused: {reason}");
            }

            return null;
        },
        inputs);

    private async Task AskAsync(
        Func<Task<WorkerInput?>> ask,
        ChannelWriter<WorkerInput> inputs,
        bool isTriedAgain = true,
        WorkerInput? ofSilence = null)
    {
        while (true)
        {
            try
            {
                if (await ask() is { } answer)
                {
                    await inputs.WriteAsync(answer);
                }

                await inputs.WriteAsync(new WorkerInput.StoreAnswered(Now));
                return;
            }
            catch (SweepUnreadableException unreadable) when (_reader.IsPassedOver(unreadable))
            {
                return;   // the next look stops what runs of it
            }
            catch (StoreUnreachableException silence)
            {
                Complain(silence);
                await inputs.WriteAsync(new WorkerInput.StoreSilent());
            }

            if (!isTriedAgain)
            {
                await (ofSilence is null ? ValueTask.CompletedTask : inputs.WriteAsync(ofSilence));
                return;
            }

            await Task.Delay(RetryAfter, _clock);
        }
    }

    /// <summary>
    /// Says now and then what the store said, so that nobody waits without knowing for what.
    /// </summary>
    private void Complain(StoreUnreachableException silence)
    {
        var now = _clock.GetTimestamp();
        var last = Interlocked.Read(ref _complainedAt);
        var isDue = last == 0 || _clock.GetElapsedTime(last, now) >= ComplainEvery;
        if (isDue && Interlocked.CompareExchange(ref _complainedAt, now, last) == last)
        {
            _log($"{silence.Message}; "
                + $"trying again every second for {LeaseTimes.CutOffLimit.TotalMinutes:0} minutes");
        }
    }

    private async Task<WorkerInput?> ClaimAsync(ClaimRound round)
    {
        var answer = await round.AskAsync();
        Idle = answer is WorkerInput.ClaimAnswered { Grants.IsEmpty: false }
            ? ""
            : round.Reasons.Count == 0 ? "no sweep is unfinished" : string.Join("; ", round.Reasons);
        return answer;
    }

    private async Task<WorkerInput?> RenewAsync(WorkerAction.Renew renew)
    {
        var refused = await _store.RenewAsync(renew.Attempts, CancellationToken.None);
        foreach (var attempt in refused)
        {
            _log($"{attempt}: its renewal is refused, because it does not run any more");
        }

        return new WorkerInput.Renewed(Now, refused);
    }

    private async Task<WorkerInput?> StoreAsync(FromSlot.Produced produced)
    {
        var bytes = await File.ReadAllBytesAsync(produced.Path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != produced.Sha256)
        {
            throw new InvalidDataException($"{produced.Path} is not what the slot wrote");
        }

        await _store.PutAsync(
            new Artifact(produced.Attempt, produced.Name, produced.MediaType, bytes), CancellationToken.None);
        File.Delete(produced.Path);
        return null;
    }
}
