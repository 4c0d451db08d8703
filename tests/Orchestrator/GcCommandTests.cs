using Orchestrator.Cli;
using Shared.Engine;

namespace Tests.Orchestrator;

public sealed class GcCommandTests
{
    [Fact]
    public void What_was_freed_is_counted_and_summed() =>
        GcCommand.Sentence(new CollectedArtifacts(12, 13, 1, 340_000_000), isDryRun: false).ShouldBe(
            "freed 340.0 MB: 12 checkpoints that newer ones replaced, 13 contents that no artifact has, "
            + "1 half-written file");

    [Fact]
    public void A_dry_run_says_that_it_freed_nothing_yet() =>
        GcCommand.Sentence(new CollectedArtifacts(1, 0, 0, 0), isDryRun: true)
            .ShouldBe("would free 0.0 kB: 1 checkpoint that a newer one replaced");

    [Fact]
    public void Nothing_to_free_is_said_with_the_reason() =>
        GcCommand.Sentence(new CollectedArtifacts(0, 0, 0, 0), isDryRun: true)
            .ShouldBe("nothing to free: everything is in use or younger than an hour");
}
