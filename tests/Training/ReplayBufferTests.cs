using Shared.Experiments;
using Training.Initialisation;
using Training.Randomness;
using Training.Samplers;

namespace Tests.Training;

public sealed class ReplayBufferTests
{
    private static readonly Box Box = new(-4, 4);

    [Fact]
    public void It_begins_full_of_noise_in_the_box()
    {
        var buffer = Buffer(1_000, 0.05);
        var values = Enumerable.Range(0, buffer.Count).SelectMany(slot => buffer[slot].ToArray()).ToList();
        values.Min().ShouldBeInRange(-4, -3.9f);
        values.Max().ShouldBeInRange(3.9f, 4);
        values.Distinct().Count().ShouldBeGreaterThan(1_990);
    }

    [Fact]
    public void Chains_go_back_to_the_slots_that_they_came_from()
    {
        var buffer = Buffer(50, reinitialisation: 0);
        var before = Snapshot(buffer);
        var chains = new float[20];
        buffer.Draw(1, [], chains);
        var moved = chains.Select(x => x + 100).ToArray();
        buffer.Return(moved);

        var changed = Enumerable.Range(0, 50)
            .Where(slot => !buffer[slot].SequenceEqual(before[slot]))
            .ToList();
        changed.Count.ShouldBe(10);
        changed.Select(slot => buffer[slot][0]).ShouldBe(changed.Select(slot => before[slot][0] + 100));
    }

    [Fact]
    public void A_draw_takes_no_slot_twice()
    {
        var buffer = Buffer(20, reinitialisation: 0);
        var chains = new float[40];
        buffer.Draw(1, [], chains);
        chains.Chunk(2).Select(chain => chain[0]).Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public void The_stated_share_of_drawn_slots_starts_afresh()
    {
        var buffer = Buffer(200, reinitialisation: 0.05);
        var fresh = 0;
        for (var update = 1; update <= 400; update++)
        {
            var held = Snapshot(buffer).Select(state => state[0]).ToHashSet();
            var chains = new float[100];
            buffer.Draw(update, [], chains);
            fresh += chains.Chunk(2).Count(chain => !held.Contains(chain[0]));
            buffer.Return(chains);
        }

        (fresh / 20_000.0).ShouldBe(0.05, 0.006);
    }

    [Fact]
    public void Restarting_every_chain_is_the_noise_start()
    {
        var (chains, noise) = (new float[20], new float[20]);
        Buffer(50, reinitialisation: 1).Draw(3, [], chains);
        Noise(new()).Draw(3, [], noise);
        chains.ShouldBe(noise);
    }

    [Fact]
    public void Noise_is_fresh_at_every_update_and_the_same_for_the_same_one()
    {
        var start = Noise(new());
        var (first, second, again) = (new float[20], new float[20], new float[20]);
        start.Draw(1, [], first);
        start.Draw(2, [], second);
        start.Draw(1, [], again);
        second.ShouldNotBe(first);
        again.ShouldBe(first);
    }

    [Fact]
    public void More_chains_than_slots_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Buffer(5, 0.05).Draw(1, [], new float[12]));

    [Fact]
    public void Chains_that_were_not_drawn_are_refused() =>
        Should.Throw<ArgumentException>(() => Buffer(5, 0.05).Return(new float[2]));

    [Fact]
    public void Gaussian_noise_has_its_scale_about_the_middle_of_the_box_and_stays_inside()
    {
        var gaussian = new InitialisationParameters { Noise = NoiseLaw.Gaussian, NoiseScale = 0.5 };
        var (wide, narrow) = (new float[20_000], new float[20_000]);
        Noise(gaussian, new Box(0, 6)).Draw(1, [], wide);
        wide.Average().ShouldBe(3, 0.02);
        Math.Sqrt(wide.Average(x => Math.Pow(x - 3, 2))).ShouldBe(0.5, 0.01);
        Noise(gaussian, new Box(-0.5, 0.5)).Draw(1, [], narrow);
        narrow.Max().ShouldBe(0.5f);

        // Two tails beyond one σ: 31.7 %.
        (narrow.Count(x => Math.Abs(x).Equals(0.5f)) / 20_000.0).ShouldBe(0.317, 0.015);
    }

    [Fact]
    public void A_buffer_is_filled_and_restarted_with_the_noise_that_is_asked_for()
    {
        var parameters = new InitialisationParameters
        {
            Noise = NoiseLaw.Gaussian,
            NoiseScale = 1e-3,
            BufferSize = 500,
            Reinitialisation = 0.5,
        };
        var buffer = new ReplayBuffer(parameters, sampleSize: 2, Box, new RandomStream(9));
        Snapshot(buffer).SelectMany(state => state).Max(Math.Abs).ShouldBeInRange(1e-3f, 6e-3f);
        var chains = new float[1_000];
        buffer.Draw(1, [], chains);
        buffer.Return(chains.Select(_ => 3f).ToArray());
        buffer.Draw(2, [], chains);
        chains.ShouldAllBe(x => x.Equals(3f) || Math.Abs(x) < 6e-3f);
        chains.Count(x => !x.Equals(3f)).ShouldBe(2 * buffer.Restarted);
        buffer.Restarted.ShouldBeInRange(200, 300);
    }

    [Fact]
    public void Chains_that_start_at_the_data_start_at_the_positives_of_their_update()
    {
        var chains = new float[4];
        new DataStart().Draw(1, [1, 2, 3, 4], chains);
        chains.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void The_age_of_a_chain_is_its_runs_since_it_was_noise()
    {
        var buffer = Buffer(4, reinitialisation: 0);
        buffer.Ages.ToArray().ShouldBe([0, 0, 0, 0]);
        for (var update = 1; update <= 3; update++)
        {
            var chains = new float[8];
            buffer.Draw(update, [], chains);
            buffer.Return(chains);
        }

        buffer.Ages.ToArray().ShouldBe([3, 3, 3, 3]);
        var restarting = Buffer(4, reinitialisation: 1);
        restarting.Draw(1, [], new float[8]);
        restarting.Return(new float[8]);
        restarting.Draw(2, [], new float[4]);
        restarting.Return(new float[4]);
        restarting.Ages.ToArray().ShouldBe([1, 1, 1, 1]);
        restarting.Restarted.ShouldBe(2);
    }

    private static NoiseStart Noise(InitialisationParameters law, Box? box = null) =>
        new(new FreshNoise(law, sampleSize: 2, box ?? Box, new RandomStream(9)));

    private static ReplayBuffer Buffer(int slots, double reinitialisation) => new(
        new InitialisationParameters { BufferSize = slots, Reinitialisation = reinitialisation },
        sampleSize: 2,
        Box,
        new RandomStream(9));

    private static List<float[]> Snapshot(ReplayBuffer buffer) =>
        [.. Enumerable.Range(0, buffer.Count).Select(slot => buffer[slot].ToArray())];
}
