using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>
/// The commands that made <c>tests/Golden/sweep-history-2.json</c> (an array of events as the store holds
/// them, one a line) and <c>sweep-history-2.sha256</c> (SHA-256 of the canonical JSON of the state that they
/// fold to): a sweep to which everything happens that can. <c>sweep-history.json</c> was written by the first
/// version of the program and is only read.
/// </summary>
internal static class Recorded
{
    public static IReadOnlyList<SweepEvent> History() => Scenario.Submitted(4, retries: 1).After(
        Given.Claim(2, "w1"),
        Given.Claim(3, "w2"),
        Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed),
        Given.Claim(5, "w1"),
        Given.Lose(6, Given.Attempt(2)),
        Given.Finish(7, Given.Attempt(1, 2), lastBatch: 3),
        Given.Claim(8, "w1"),
        Given.HandBack(9, Given.Attempt(2, 2)),
        Given.Claim(10, "w1"),
        Given.Claim(11, "w2"),
        Given.Finish(12, Given.Attempt(3), AttemptOutcome.Diverged, lastBatch: 1),
        Given.Claim(13, "w2"),
        Given.Checkpoint(14, Given.Attempt(2, 3), update: 40),
        Given.Lose(15, Given.Attempt(2, 3)),
        new SweepCommand.PauseSweep(Given.Id(16), Given.At(16), Now: true),
        new SweepCommand.ResumeSweep(Given.Id(17), Given.At(17)),
        new SweepCommand.ChangePriority(Given.Id(18), Given.At(18), 5),
        new SweepCommand.ChangeLimits(
            Given.Id(19), Given.At(19), new SweepLimits(3, TimeSpan.FromHours(3))),
        Given.Claim(20, "w2"),
        Given.Finish(21, Given.Attempt(2, 4)),
        new SweepCommand.CancelTrial(Given.Id(22), Given.At(22), 4),
        new SweepCommand.RetryTrial(Given.Id(23), Given.At(23), 4),
        Given.Claim(24, "w1"),
        Given.Finish(25, Given.Attempt(4, 2)),
        new SweepCommand.ExtendSweep(Given.Id(26), Given.At(26), Given.Addition(5, 8)),
        Given.Claim(27, "w3"),
        Given.Claim(28, "w3"),
        Given.Claim(29, "w3"),
        Given.FalseStart(30, Given.Attempt(5)),
        Given.FalseStart(31, Given.Attempt(6)),
        Given.FalseStart(32, Given.Attempt(7)),
        Given.Claim(33, "w1"),
        new SweepCommand.CancelSweep(Given.Id(34), Given.At(34))).History;

    /// <summary>A sweep whose trials wait for the artifacts of another one.</summary>
    public static IReadOnlyList<SweepEvent> DependentHistory() => Scenario.Waiting(2).After(
        new SweepCommand.ReleaseTrial(
            Given.Id(2), Given.At(2), 1,
            new ParentArtifact(Given.Attempt(1, sweep: "parent"), "model.safetensors", "ab12")),
        new SweepCommand.FailWaitingTrial(Given.Id(3), Given.At(3), 2, "trial 2 of parent diverged"),
        Given.Claim(4),
        Given.Finish(5, Given.Attempt(1))).History;
}
