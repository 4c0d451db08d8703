using Shared.Metrics;
using Shared.Sweeps;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>Batches that wait for the store, and the slot that waits for them.</summary>
public sealed class SlotOutboxTests
{
    private static readonly AttemptId Attempt = new("s", 1, 1);

    [Fact]
    public async Task What_waits_goes_to_the_store_in_one_call_and_in_order()
    {
        var outbox = new SlotOutbox();
        outbox.Add(Batch(1)).ShouldBeTrue("somebody has to begin");
        outbox.Add(Batch(2)).ShouldBeFalse("somebody has");
        outbox.Add(Batch(3)).ShouldBeFalse();

        (await EmptyAsync(outbox)).ShouldBe(["1 2 3"]);
        outbox.Add(Batch(4)).ShouldBeTrue();
        (await EmptyAsync(outbox)).ShouldBe(["4"]);
    }

    [Fact]
    public async Task A_call_holds_so_many_batches_at_most()
    {
        var outbox = new SlotOutbox();
        for (var number = 1; number <= SlotOutbox.BatchesPerCall + 1; number++)
        {
            outbox.Add(Batch(number));
        }

        (await EmptyAsync(outbox)).Select(call => call.Split(' ').Length)
            .ShouldBe([SlotOutbox.BatchesPerCall, 1]);
    }

    [Fact]
    public async Task What_comes_while_the_store_is_told_is_stored_by_the_same_hand()
    {
        var outbox = new SlotOutbox();
        outbox.Add(Batch(1));
        var calls = new List<int>();
        await outbox.EmptyAsync(batches =>
        {
            calls.Add(batches[0].Number);
            if (calls.Count == 1)
            {
                outbox.Add(Batch(2)).ShouldBeFalse();
            }

            return Task.CompletedTask;
        });

        calls.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_slot_is_read_on_only_while_there_is_room()
    {
        var outbox = new SlotOutbox();
        outbox.Add(Batch(1, SlotOutbox.PointLimit - 1));
        outbox.RoomAsync().IsCompleted.ShouldBeTrue();
        outbox.Add(Batch(2, 1));
        var room = outbox.RoomAsync();
        room.IsCompleted.ShouldBeFalse("it is full");

        var silent = new TaskCompletionSource();
        var emptying = outbox.EmptyAsync(_ => silent.Task);
        room.IsCompleted.ShouldBeFalse("the store has not answered");
        silent.SetResult();
        await emptying;

        await room;
        outbox.RoomAsync().IsCompleted.ShouldBeTrue();
    }

    private static async Task<List<string>> EmptyAsync(SlotOutbox outbox)
    {
        var calls = new List<string>();
        await outbox.EmptyAsync(batches =>
        {
            calls.Add(string.Join(' ', batches.Select(batch => batch.Number)));
            return Task.CompletedTask;
        });
        return calls;
    }

    private static MetricBatch Batch(int number, int points = 1) => new(
        Attempt, number, [.. Enumerable.Repeat(new MetricPoint(1, "loss", 1), points)]);
}
