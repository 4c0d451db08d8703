using System.Collections.Immutable;
using Shared.Engine;
using Tests.Shared.Sweeps;

namespace Tests.Shared.Engine;

public sealed class WorkerReportTests
{
    [Fact]
    public void A_living_worker_may_take_trials_unless_it_said_that_it_takes_those_of_another_sweep()
    {
        ImmutableArray<WorkerSighting> seen =
        [
            Seen("of-a", "a"), Seen("of-b", "b"), Seen("of-all", null), Seen("of-b-before", "b", isLive: false),
        ];

        WorkerReport.MayTake(["new", "of-a", "of-all", "of-b", "of-b-before"], seen, "a")
            .ShouldBe(["new", "of-a", "of-all", "of-b-before"]);
        WorkerReport.MayTake(["of-a"], seen, "b").ShouldBeEmpty();
    }

    private static WorkerSighting Seen(string worker, string? only, bool isLive = true) => new(
        worker,
        new WorkerReport(
            worker, "box", 1, Given.At(0), [], ImmutableSortedDictionary<string, string>.Empty, Given.Program, [], "")
        {
            OnlySweep = only,
        },
        Given.At(1),
        isLive);
}
