using System.Collections.Immutable;
using Shared;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>A <see cref="ReportingSweep"/> whose trials all completed, with what they are said to have measured.</summary>
internal static class FilledSweep
{
    /// <summary>How many commands wait for their answers at once.</summary>
    public const int Commands = 64;

    private static readonly AttemptEnvironment Environment = new(
        "none", "none", ImmutableSortedDictionary<string, string>.Empty, ProgramVersion.Current);

    /// <summary>Completes so many trials of a sweep that was submitted.</summary>
    /// <param name="address">Of the store.</param>
    /// <param name="trials">How many.</param>
    /// <param name="batch">What the attempt of a trial reports, in one batch.</param>
    public static async Task FillAsync(string address, int trials, Func<AttemptId, MetricBatch> batch)
    {
        await using var engine = await BenchStore.OpenAsync(address);
        for (var done = 0; done < trials; done += Commands)
        {
            var attempts = await ClaimAsync(engine, "filling", Math.Min(Commands, trials - done));
            await engine.StoreBatchesAsync([.. attempts.Select(batch)], default);
            await Task.WhenAll(attempts.Select(attempt => SendAsync(engine, new SweepCommand.FinishAttempt(
                new(Guid.NewGuid()), DateTimeOffset.UtcNow, attempt, AttemptOutcome.Completed, "", "", 1))));
        }
    }

    /// <summary>Claims a trial for each of so many slots of a worker.</summary>
    public static async Task<ImmutableArray<AttemptId>> ClaimAsync(IStore engine, string worker, int slots)
    {
        var places = Enumerable.Range(1, slots)
            .Select(slot => new AttemptPlace(worker, slot, System.Environment.ProcessId));
        var accepted = await SendAsync(engine, new SweepCommand.ClaimTrials(
            new(Guid.NewGuid()), DateTimeOffset.UtcNow, [.. places], Environment, Offer: null));
        return [.. accepted.Events.OfType<SweepEvent.AttemptStarted>().Select(started => started.Attempt)];
    }

    /// <summary>Sends a command that must be accepted.</summary>
    public static async Task<Decision.Accepted> SendAsync(IStore engine, SweepCommand command) =>
        await engine.SendAsync(ReportingSweep.Name, command, default) as Decision.Accepted
        ?? throw new InvalidOperationException($"a {command.GetType().Name} was refused");
}
