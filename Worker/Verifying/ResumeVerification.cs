using Shared.Execution;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;

namespace Worker.Verifying;

/// <summary>
/// Trains a trial straight through, and once more in a process that is killed and in one that goes on from
/// its last checkpoint, and compares every result.
/// </summary>
/// <param name="spool">Folder for what the attempts leave.</param>
/// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
/// <param name="say">Takes one line.</param>
public sealed class ResumeVerification(string spool, string? data, Action<string> say)
{
    private const int ReportEvery = 10;

    /// <summary>Verifies one trial.</summary>
    /// <param name="start">Its first attempt; when it leaves checkpoints is decided here.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="VerificationException">A training did not come to its end.</exception>
    /// <exception cref="OperationCanceledException">It was told to give up.</exception>
    public async Task<ResumeReport> RunAsync(ToSlot.Start start, CancellationToken stop)
    {
        var experiment = ExperimentCatalog.Default.Find(start.Experiment)
            ?? throw new VerificationException($"there is no experiment {start.Experiment}");
        var updates = experiment.UpdatesOf(Configuration.ParametersOf(start.Parameters));

        say($"training {updates} updates of {start.Experiment} straight through");
        var straight = new AttemptRun(spool, data);
        await straight.RunAsync(Attempt(start, 1) with { CheckpointEvery = null }, isKilled: false, stop);
        RequireEnd(straight);

        var middle = MiddleOf(updates);
        say($"training again, to be killed at the checkpoint of update {middle}");
        var killed = new AttemptRun(spool, data);
        await killed.RunAsync(Attempt(start, 2) with { CheckpointEvery = middle }, isKilled: true, stop);
        if (killed.Ended is not null || killed.Checkpoint is not { } left)
        {
            throw new VerificationException(
                "the trial ended before it could be killed: give it more updates");
        }

        say($"killed; going on from update {left.Update}");
        var resumed = new AttemptRun(spool, data);
        await resumed.RunAsync(
            Attempt(start, 3) with
            {
                CheckpointEvery = null,
                From = new StartFrom(left.Update, left.Path, left.Sha256),
            },
            isKilled: false,
            stop);
        RequireEnd(resumed);
        return ResumeReport.Of(
            experiment, updates, straight.Record, (killed.Record, left), resumed.Record);
    }

    /// <summary>An update about half-way, and not one at which metrics are reported.</summary>
    /// <param name="updates">Updates of the trial.</param>
    public static int MiddleOf(int updates)
    {
        var half = (updates + 1) / 2;
        return half % ReportEvery == 0 ? half + 1 : half;
    }

    private static ToSlot.Start Attempt(ToSlot.Start start, int number) =>
        start with { Attempt = start.Attempt with { Number = number } };

    private static void RequireEnd(AttemptRun run)
    {
        if (run.Ended is { Outcome: AttemptOutcome.Failed } failed)
        {
            throw new VerificationException($"the trial failed: {failed.Reason}");
        }
    }
}
