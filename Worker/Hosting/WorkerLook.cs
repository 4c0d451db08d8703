using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>A worker's once-a-second look at what falls due in its store.</summary>
/// <param name="sweep">The one sweep of this worker; nothing for every unfinished one.</param>
/// <param name="coordinator">Where sweeps are.</param>
/// <param name="reader">Reads them.</param>
/// <param name="artifacts">Where their artifacts are.</param>
/// <param name="now">The worker's time.</param>
internal sealed class WorkerLook(
    string? sweep,
    ICoordinator coordinator,
    SweepReader reader,
    IArtifactStore artifacts,
    Func<DateTimeOffset> now)
{
    private readonly HashSet<string> _orphans = new(StringComparer.Ordinal);   // sweeps that follow from none

    /// <summary>Looks once.</summary>
    /// <exception cref="StoreUnreachableException">The next look finds what this one did not.</exception>
    public async Task<WorkerInput> GoAsync(WorkerAction.Look look)
    {
        await coordinator.LoseAbandonedAsync(sweep, look.ExpiredToo, CancellationToken.None);
        await FollowAsync();
        var stopped = ImmutableArray.CreateBuilder<AttemptId>();
        var handBack = ImmutableArray.CreateBuilder<AttemptId>();
        foreach (var held in look.Held.GroupBy(attempt => attempt.Sweep, StringComparer.Ordinal))
        {
            // What runs of a sweep that cannot be read cannot be finished either.
            var state = await reader.ReadAsync(held.Key);
            var living =
                held.Where(attempt => state?.Running.GetValueOrDefault(attempt.Trial) == attempt).ToList();
            stopped.AddRange(held.Except(living));
            handBack.AddRange(state is { IsPaused: true, HandsBack: true } ? living : []);
        }

        return new WorkerInput.Looked(stopped.ToImmutable(), handBack.ToImmutable());
    }

    /// <summary>Releases or fails the trials that waited for a parent's artifact.</summary>
    private async Task FollowAsync()
    {
        foreach (var name in await UnfinishedAsync())
        {
            if (_orphans.Contains(name) || await reader.ReadAsync(name) is not { } state)
            {
                continue;
            }

            if (state.Plan?.From is { } from)
            {
                await FollowAsync(state, from);
            }
            else
            {
                _orphans.Add(name);
            }
        }
    }

    private async Task FollowAsync(SweepState state, ParentSweep from)
    {
        if (state.Blocked.IsEmpty)
        {
            return;
        }

        SweepState? parent;
        try
        {
            parent = await coordinator.ReadAsync(from.Sweep, CancellationToken.None);
        }
        catch (SweepUnreadableException unreadable) when (reader.IsPassedOver(unreadable))
        {
            return;   // not the same as a parent that is not there: its children wait
        }

        var entries = parent is null ? [] : await artifacts.ListAsync(from.Sweep, CancellationToken.None);
        foreach (var verdict in Following.Of(state, parent, entries))
        {
            await coordinator.SendAsync(state.Name, CommandOf(verdict), CancellationToken.None);
        }
    }

    private SweepCommand CommandOf(FollowingVerdict verdict)
    {
        // A repeat after a silence finds the trial no longer waiting.
        var id = new CommandId(Guid.NewGuid());
        return verdict switch
        {
            FollowingVerdict.Release release =>
                new SweepCommand.ReleaseTrial(id, now(), release.Trial, release.Parent),
            FollowingVerdict.Fail fail => new SweepCommand.FailWaitingTrial(
                id, now(), fail.Trial, fail.Reason),
            _ => throw new UnreachableException($"verdict {verdict.GetType().Name}"),
        };
    }

    private async Task<IEnumerable<string>> UnfinishedAsync() => sweep is not null
        ? [sweep]
        : SweepOrder.Of(await coordinator.ListAsync(CancellationToken.None)).Select(summary => summary.Name);
}
