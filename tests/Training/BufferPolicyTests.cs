using Shared.Experiments;
using Training.Initialisation;
using Training.Randomness;
using Training.Samplers;

namespace Tests.Training;

// Samples are single numbers; the results of update u are 1000·u + row, so that a state says where it is
// from.
public sealed class BufferPolicyTests
{
    private const int Batch = 4;

    [Theory]
    [InlineData(BufferPolicy.Slot, 10)]
    [InlineData(BufferPolicy.Fifo, 4)]
    [InlineData(BufferPolicy.Random, 0)]
    [InlineData(BufferPolicy.Reservoir, 0)]
    public void A_buffer_begins_with_as_much_noise_as_its_policy_says(BufferPolicy policy, int held)
    {
        var buffer = Buffer(policy, size: 10);
        buffer.Draw(1, [], new float[Batch]);
        buffer.Count.ShouldBe(held);
        buffer.Restarted.ShouldBe(held == 0 ? Batch : 0);
        Held(buffer).ShouldAllBe(state => Math.Abs(state) <= 1);
    }

    [Theory]
    [InlineData(BufferPolicy.Fifo, 8, 10, 10)]
    [InlineData(BufferPolicy.Random, 4, 8, 10)]
    [InlineData(BufferPolicy.Reservoir, 4, 8, 10)]
    public void A_buffer_grows_to_its_size_and_no_further(
        BufferPolicy policy, int first, int second, int third)
    {
        var buffer = Buffer(policy, size: 10);
        var counts = Enumerable.Range(1, 4).Select(update =>
        {
            Run(buffer, update);
            return buffer.Count;
        });
        counts.ToList().ShouldBe([first, second, third, third]);
    }

    // The reference is the list of the JEM exercise: results in front, cut at the size.
    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(4)]
    public void Fifo_holds_what_a_list_with_results_in_front_holds(int size)
    {
        var buffer = Buffer(BufferPolicy.Fifo, size);
        buffer.Draw(1, [], new float[Batch]);
        List<float> list = [.. Held(buffer).Reverse()];
        for (var update = 1; update <= 9; update++)
        {
            Run(buffer, update);
            list = [.. Results(update).Concat(list).Take(size)];
            Held(buffer).Order().ShouldBe(list.Order());
        }
    }

    [Theory]
    [InlineData(BufferPolicy.Slot, false)]
    [InlineData(BufferPolicy.Fifo, true)]
    [InlineData(BufferPolicy.Random, true)]
    [InlineData(BufferPolicy.Reservoir, true)]
    public void All_but_slot_draw_with_replacement(BufferPolicy policy, bool twice)
    {
        var buffer = Buffer(policy, size: Batch);
        Run(buffer, update: 1);
        var isTwice = false;
        for (var update = 2; update <= 20; update++)
        {
            var chains = new float[Batch];
            buffer.Draw(update, [], chains);
            isTwice |= chains.Distinct().Count() < Batch;
            buffer.Return(Results(update));
        }

        isTwice.ShouldBe(twice);
    }

    [Fact]
    public void Random_overwrites_distinct_states_that_were_held()
    {
        var buffer = Buffer(BufferPolicy.Random, size: 10);
        Run(buffer, update: 1);
        Run(buffer, update: 2);
        for (var update = 3; update <= 30; update++)
        {
            Run(buffer, update);
            Held(buffer).Intersect(Results(update)).Count().ShouldBe(Batch, "no result is lost at once");
        }

        Held(buffer).Select(x => (int)(x / 1_000)).Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Reservoir_holds_results_of_every_update_alike()
    {
        const int size = 50;
        const int updates = 200;
        double early = 0, late = 0;
        for (ulong key = 0; key < 40; key++)
        {
            var buffer = Buffer(BufferPolicy.Reservoir, size, key);
            for (var update = 1; update <= updates; update++)
            {
                Run(buffer, update);
            }

            early += Held(buffer).Count(x => x < 1_000 * (updates / 2 + 1));
            late += Held(buffer).Count(x => x >= 1_000 * (updates / 2 + 1));
        }

        // 2,000 states, half of them of either half: the standard deviation is 22.
        (early + late).ShouldBe(2_000);
        early.ShouldBe(1_000, 90);
    }

    [Fact]
    public void The_oldest_chain_of_fifo_is_dropped_and_ages_go_with_their_states()
    {
        var buffer = Buffer(BufferPolicy.Fifo, size: 8);
        for (var update = 1; update <= 50; update++)
        {
            var chains = new float[Batch];
            buffer.Draw(update, [], chains);
            buffer.Return(chains.Select(x => x + 10).ToArray());
            for (var slot = 0; slot < buffer.Count; slot++)
            {
                buffer.Ages[slot].ShouldBe((int)Math.Round(buffer[slot][0] / 10));
            }
        }
    }

    private static void Run(ReplayBuffer buffer, int update)
    {
        buffer.Draw(update, [], new float[Batch]);
        buffer.Return(Results(update));
    }

    private static float[] Results(int update) =>
        [.. Enumerable.Range(0, Batch).Select(row => (1_000f * update) + row)];

    private static float[] Held(ReplayBuffer buffer) =>
        [.. Enumerable.Range(0, buffer.Count).Select(slot => buffer[slot][0])];

    private static ReplayBuffer Buffer(BufferPolicy policy, int size, ulong key = 9) => new(
        new InitialisationParameters { Policy = policy, BufferSize = size, Reinitialisation = 0 },
        sampleSize: 1,
        Box.Images,
        new RandomStream(key));
}
