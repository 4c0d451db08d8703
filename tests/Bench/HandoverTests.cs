using Bench.Orchestration;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Bench;

public sealed class HandoverTests
{
    private static readonly SweepState Four = Given.Sweep(4) with { Trials = [Ran(1, 0, 10), Ran(2, 13, 20)] };

    [Fact]
    public void A_handover_lies_between_two_attempts_of_one_process()
    {
        Handover.Of(Four).ShouldBe([new Handover(3, 10)]);
        Handover.Of(Four with { Trials = [.. Four.Trials, Ran(3, 14, 15, slot: 2)] }).ShouldHaveSingleItem(
            "another slot's attempts are not between them");
        Handover.Of(Four with { Trials = [.. Four.Trials, Ran(3, 30, null)] }).ShouldHaveSingleItem("it runs");
    }

    [Fact]
    public void A_row_gives_its_percentiles_in_milliseconds()
    {
        var row = HandoverRow.Of("sqlite", 2, [.. Enumerable.Range(1, 100).Select(i => new Handover(i, 2 * i))]);

        (row.ToStart50, row.ToStart99, row.ToEnd50, row.ToEnd99).ShouldBe((50_000, 99_000, 100_000, 198_000));
    }

    private static TrialState Ran(int trial, int from, int? to, int slot = 1)
    {
        var attempt = new AttemptState(
            Given.Attempt(trial),
            Given.Place("w1", slot),
            Given.Environment(),
            Given.At(from),
            to is { } end ? Given.At(end) : null,
            to is null ? null : AttemptOutcome.Completed,
            "",
            "",
            LastBatch: 0);
        return Given.Sweep(4).Trial(trial) with { Attempts = [attempt] };
    }
}
