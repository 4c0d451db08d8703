using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Shared.Engine;

public sealed class RetentionTests
{
    [Fact]
    public void Of_a_trial_that_waits_or_runs_the_last_two_checkpoints_are_kept()
    {
        var entries = new[] { Checkpoint(1, 1, 5), Checkpoint(1, 1, 100), Checkpoint(1, 1, 20) };

        Superfluous(Given.Sweep(2), entries).ShouldBe(["1.1 checkpoint-5.ckpt"]);
        Superfluous(Running(), entries).ShouldBe(["1.1 checkpoint-5.ckpt"]);
        Superfluous(Running(), entries[..2]).ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_trial_that_ended_only_the_last_one_is_kept()
    {
        var ended = Fold(Running(), Given.Finish(3, Given.Attempt(1)));
        ended.Trial(1).Outcome.ShouldNotBeNull();

        Superfluous(ended, [Checkpoint(1, 1, 20), Checkpoint(1, 1, 10), Checkpoint(1, 1, 9)])
            .ShouldBe(["1.1 checkpoint-9.ckpt", "1.1 checkpoint-10.ckpt"]);
        Superfluous(ended, [Checkpoint(1, 1, 9)]).ShouldBeEmpty();
    }

    [Fact]
    public void A_later_attempt_s_checkpoint_is_newer_even_of_an_earlier_update() =>
        Superfluous(Given.Sweep(2), [Checkpoint(1, 1, 900), Checkpoint(1, 2, 10), Checkpoint(1, 2, 20)])
            .ShouldBe(["1.1 checkpoint-900.ckpt"]);

    [Fact]
    public void The_recorded_checkpoint_is_kept_beside_newer_ones_that_nobody_recorded()
    {
        var entries = new[] { 1, 2, 3, 4, 5 }.Select(update => Checkpoint(1, 1, update)).ToArray();
        var recorded = Fold(Running(), Given.Checkpoint(3, Given.Attempt(1), 2));
        Superfluous(recorded, entries).ShouldBe(["1.1 checkpoint-1.ckpt", "1.1 checkpoint-3.ckpt"]);

        var lost = Fold(recorded, Given.Lose(4, Given.Attempt(1)));
        Superfluous(lost, entries).ShouldBe(["1.1 checkpoint-1.ckpt", "1.1 checkpoint-3.ckpt"]);
    }

    [Fact]
    public void Trials_are_apart() =>
        Superfluous(
            Given.Sweep(2),
            [
                Checkpoint(2, 1, 3), Checkpoint(1, 1, 3), Checkpoint(2, 1, 2), Checkpoint(1, 1, 2),
                Checkpoint(2, 1, 1), Checkpoint(1, 1, 1),
            ])
            .ShouldBe(["1.1 checkpoint-1.ckpt", "2.1 checkpoint-1.ckpt"]);

    [Theory]
    [InlineData("checkpoint-1.ckpt", "application/octet-stream")]
    [InlineData("checkpoint-.ckpt", CheckpointId.MediaType)]
    [InlineData("checkpoint-1", CheckpointId.MediaType)]
    [InlineData("checkpoint--1.ckpt", CheckpointId.MediaType)]
    [InlineData("model.safetensors", CheckpointId.MediaType)]
    public void What_is_no_checkpoint_by_name_and_type_is_never_superfluous(string name, string type)
    {
        var odd = Checkpoint(1, 1, 1) with { Name = name, MediaType = type };
        Superfluous(
            Given.Sweep(2), [odd, Checkpoint(1, 2, 2), Checkpoint(1, 2, 3), Checkpoint(1, 2, 4)])
            .ShouldBe(["1.2 checkpoint-2.ckpt"]);
    }

    [Fact]
    public void Of_a_trial_that_the_state_does_not_know_everything_is_kept() =>
        Superfluous(Given.Sweep(2), [Checkpoint(3, 1, 1), Checkpoint(3, 1, 2), Checkpoint(3, 1, 3)])
            .ShouldBeEmpty();

    private static ArtifactEntry Checkpoint(int trial, int attempt, int update) => new(
        Given.Attempt(trial, attempt), $"checkpoint-{update}.ckpt", CheckpointId.MediaType, "00", 1);

    private static SweepState Running() => Fold(Given.Sweep(2), Given.Claim(2));

    private static SweepState Fold(SweepState state, SweepCommand command) =>
        ((Decision.Accepted)Sweep.Decide(state, command)).Events.Aggregate(state, Sweep.Evolve);

    private static IEnumerable<string> Superfluous(SweepState state, IEnumerable<ArtifactEntry> entries) =>
        Retention.Superfluous(state, entries).Select(e => $"{e.Attempt.Trial}.{e.Attempt.Number} {e.Name}");
}
