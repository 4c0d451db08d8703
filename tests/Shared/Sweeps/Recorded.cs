using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>
/// The commands that made <c>tests/Golden/sweep-history.json</c> (an array of events as the store holds them,
/// one a line) and <c>sweep-history.sha256</c> (SHA-256 of the canonical JSON of the state that they fold
/// to): a sweep of four trials in which an attempt fails, one is lost, one diverges and one is handed back.
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
        Given.Finish(14, Given.Attempt(2, 3)),
        Given.Finish(15, Given.Attempt(4))).History;
}
