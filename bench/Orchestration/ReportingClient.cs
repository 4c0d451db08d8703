using System.Collections.Immutable;
using System.Diagnostics;
using Shared;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>
/// Claims trials of a sweep, stores twenty values of each and finishes them, as a worker does.
/// </summary>
/// <param name="coordinator">The store.</param>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="place">Who the client is.</param>
/// <param name="pointsPerBatch">How many values are stored by one command.</param>
internal sealed class ReportingClient(
    ICoordinator coordinator, string sweep, AttemptPlace place, int pointsPerBatch)
{
    private static readonly AttemptEnvironment Environment = new(
        "none", "none", ImmutableSortedDictionary<string, string>.Empty, ProgramVersion.Current);

    private readonly Latencies _latencies = Latencies.None;

    /// <summary>Works until no trial waits.</summary>
    public async Task<Latencies> RunAsync()
    {
        while (await ClaimAsync() is { } attempt)
        {
            var batch = 0;
            for (var first = 0; first < OrchestrationCase.PointsPerTrial; first += pointsPerBatch)
            {
                await StoreAsync(attempt, ++batch, first);
            }

            await FinishAsync(attempt, batch);
        }

        return _latencies;
    }

    private async Task<AttemptId?> ClaimAsync()
    {
        var began = Stopwatch.GetTimestamp();
        if (await coordinator.ReadAsync(sweep, default) is not { Waiting.IsEmpty: false })
        {
            return null;
        }

        var claim = new SweepCommand.ClaimTrials(
            new(Guid.NewGuid()), DateTimeOffset.UtcNow, [place], Environment, Offer: null);
        switch (await coordinator.SendAsync(sweep, claim, default))
        {
            case Decision.Accepted { Events: [SweepEvent.AttemptStarted started] }:
                _latencies.Claim.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                return started.Attempt;
            case Decision.Rejected { Reason: Rejection.NothingToClaim or Rejection.SweepEnded }:
                return null;   // somebody else was faster
            case var other:
                throw new UnreachableException($"a claim was answered by {other}");
        }
    }

    private async Task StoreAsync(AttemptId attempt, int number, int first)
    {
        var count = Math.Min(pointsPerBatch, OrchestrationCase.PointsPerTrial - first);
        var points = Enumerable.Range(first + 1, count).Select(i => new MetricPoint(i, "loss", 1.0 / i));
        var began = Stopwatch.GetTimestamp();
        await coordinator.StoreBatchesAsync([new MetricBatch(attempt, number, [.. points])], default);
        _latencies.Store.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private async Task FinishAsync(AttemptId attempt, int lastBatch)
    {
        var finish = new SweepCommand.FinishAttempt(
            new(Guid.NewGuid()), DateTimeOffset.UtcNow, attempt, AttemptOutcome.Completed, "", "", lastBatch);
        var began = Stopwatch.GetTimestamp();
        if (await coordinator.SendAsync(sweep, finish, default) is not Decision.Accepted)
        {
            throw new InvalidOperationException($"the end of {attempt} was refused");
        }

        _latencies.Finish.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
