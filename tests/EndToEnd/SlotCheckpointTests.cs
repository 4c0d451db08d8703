using Shared.Execution;
using Shared.Sweeps;
using Worker.Hosting;

namespace Tests.EndToEnd;

/// <summary>Checkpoints of a real slot's process.</summary>
[Collection(SweepFixture.Collection)]
public sealed class SlotCheckpointTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly ToSlot.Start Start = new(
        new AttemptId("s", 1, 1), "toy", """{"training.updates":1000000,"training.batch_size":16}""", null, 1, 1);

    private readonly DirectoryInfo _spool = Directory.CreateTempSubdirectory("sweep-test-");
    private readonly CancellationTokenSource _limit = new(Limit);

    [Fact]
    public async Task A_drained_slot_leaves_a_checkpoint_of_its_last_update_and_the_next_attempt_begins_there()
    {
        using var slot = SlotProcess.Start(_spool.FullName, data: null, device: []);
        using var killing = _limit.Token.Register(slot.Kill);
        await using var said = slot.ListenAsync().GetAsyncEnumerator();
        await UntilAsync<FromSlot.Ready>(said);
        await slot.TellAsync(Start);
        await UntilAsync<FromSlot.Measured>(said);

        await slot.TellAsync(new ToSlot.Stop(Start.Attempt, KeepCheckpoint: true));

        var left = await UntilAsync<FromSlot.Checkpointed>(said);
        var ended = await UntilAsync<FromSlot.Ended>(said);
        (ended.Outcome, ended.Updates, ended.LastBatch).ShouldBe(
            (AttemptOutcome.Preempted, left.Update, left.LastBatch));
        new FileInfo(left.Path).Length.ShouldBe(left.Length);

        await slot.TellAsync(Next(left));
        (await UntilAsync<FromSlot.Measured>(said)).Points.ShouldAllBe(point => point.Step > left.Update);
        await slot.TellAsync(new ToSlot.Stop(Next(left).Attempt));
        (await UntilAsync<FromSlot.Ended>(said)).Outcome.ShouldBe(AttemptOutcome.Preempted);
        _spool.GetFiles().ShouldHaveSingleItem("a stop at once leaves no checkpoint");
        slot.Kill();
    }

    [Fact]
    public async Task A_file_with_another_hash_fails_the_attempt_before_its_first_update()
    {
        using var slot = SlotProcess.Start(_spool.FullName, data: null, device: []);
        using var killing = _limit.Token.Register(slot.Kill);
        await using var said = slot.ListenAsync().GetAsyncEnumerator();
        await UntilAsync<FromSlot.Ready>(said);
        await slot.TellAsync(Start with { CheckpointEvery = 5 });
        var left = await UntilAsync<FromSlot.Checkpointed>(said);
        await slot.TellAsync(new ToSlot.Stop(Start.Attempt));
        await UntilAsync<FromSlot.Ended>(said);

        var next = Next(left);
        await slot.TellAsync(next with { From = next.From! with { Sha256 = new string('0', 64) } });

        (await UntilAsync<FromSlot.Ended>(said)).ShouldBe(new FromSlot.Ended(
            next.Attempt, AttemptOutcome.Failed,
            "the checkpoint is not the one that the trial was to go on from", LastBatch: 0, Updates: 0)
        {
            IsSourceUnreadable = true,
        });
        slot.Kill();
    }

    public void Dispose()
    {
        _limit.Dispose();
        _spool.Delete(recursive: true);
    }

    private static ToSlot.Start Next(FromSlot.Checkpointed left) => Start with
    {
        Attempt = Start.Attempt with { Number = 2 },
        From = new StartFrom(left.Update, left.Path, left.Sha256),
    };

    private static async Task<T> UntilAsync<T>(IAsyncEnumerator<FromSlot> said)
        where T : FromSlot
    {
        while (await said.MoveNextAsync())
        {
            if (said.Current is T wanted)
            {
                return wanted;
            }
        }

        throw new TimeoutException($"the slot ended before it said {typeof(T).Name}");
    }
}
