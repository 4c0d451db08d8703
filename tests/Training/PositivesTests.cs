using Training.Data;
using Training.Randomness;

namespace Tests.Training;

public sealed class PositivesTests
{
    private static readonly LabelledImages Ten = new(
        1,
        1,
        [.. Enumerable.Range(0, 10).Select(i => (byte)(i * 25))],
        [.. Enumerable.Range(0, 10).Select(i => (byte)i)]);

    [Fact]
    public void An_epoch_shows_every_image_once_and_the_next_has_another_order()
    {
        var batches = new ImageBatches(Ten, 5, new RandomStream(1));
        var first = Labels(batches, 5, 1, 2);
        var second = Labels(batches, 5, 3, 4);
        first.Order().ShouldBe(Enumerable.Range(0, 10).Select(i => (long)i));
        second.Order().ShouldBe(first.Order());
        second.ShouldNotBe(first);
    }

    [Fact]
    public void An_incomplete_last_batch_is_left_out()
    {
        var batches = new ImageBatches(Ten, 4, new RandomStream(1));
        Labels(batches, 4, 1, 2).Distinct().Count().ShouldBe(8);
        Labels(batches, 4, 3, 4).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public void An_update_draws_the_same_whatever_was_drawn_before()
    {
        var late = Labels(new ImageBatches(Ten, 5, new RandomStream(1)), 5, 7);
        var batches = new ImageBatches(Ten, 5, new RandomStream(1));
        Labels(batches, 5, 1, 2, 3, 4, 5, 6, 7)[^5..].ShouldBe(late);
        Labels(new ImageBatches(Ten, 5, new RandomStream(2)), 5, 7).ShouldNotBe(late);
    }

    [Fact]
    public void Images_travel_with_their_labels()
    {
        var (samples, labels) = (new float[5], new long[5]);
        new ImageBatches(Ten, 5, new RandomStream(1)).Draw(1, samples, labels);
        samples.ShouldBe(labels.Select(label => (float)(((label * 25 / 255.0) - 0.5) / 0.5)));
    }

    [Fact]
    public void A_batch_larger_than_the_data_set_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageBatches(Ten, 11, new RandomStream(1)));

    [Fact]
    public void The_ring_has_its_radius_its_spread_and_a_density_of_mass_one()
    {
        var ring = new GaussianRing(8, 2, 0.3, new RandomStream(1));
        var points = new float[40_000];
        ring.Draw(1, points, []);
        points.Average(x => (double)x).ShouldBe(0, 0.03);
        points.Chunk(2).Average(p => ((double)p[0] * p[0]) + (p[1] * p[1])).ShouldBe(4 + (2 * 0.09), 0.05);

        var mass = 0.0;
        for (var i = 0; i < 10_000; i++)
        {
            var (x, y) = (-4 + (((i % 100) + 0.5) * 0.08), -4 + (((i / 100) + 0.5) * 0.08));
            mass += ring.Density(x, y) * 0.08 * 0.08;
        }

        mass.ShouldBe(1, 1e-3);
    }

    private static List<long> Labels(ImageBatches batches, int size, params int[] updates)
    {
        var seen = new List<long>();
        foreach (var update in updates)
        {
            var labels = new long[size];
            batches.Draw(update, new float[size], labels);
            seen.AddRange(labels);
        }

        return seen;
    }
}
