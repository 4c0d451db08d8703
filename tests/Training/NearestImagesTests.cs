using Shared.Reports;
using Training.Data;
using Training.Evaluation;
using Training.Experiments;

namespace Tests.Training;

public sealed class NearestImagesTests
{
    private const int Side = 5;   // 25 pixels: six fours and one left over

    [Fact]
    public void The_nearest_are_those_of_a_search_in_whole_numbers_over_all_pairs()
    {
        var (others, images) = (Drawn(200, seed: 3), Drawn(6, seed: 4));
        var found = NearestImages.Of(images.Flattened(6), others, 3);

        for (var i = 0; i < 6; i++)
        {
            // A level is x = 2b/255 − 1, so that a distance is 2/255 of one in levels.
            var expected = Enumerable.Range(0, 200)
                .Select(index => (Square: Square(images, i, others, index), Index: index))
                .Order().Take(3).ToArray();
            found[i].Select(near => near.Index).ShouldBe(expected.Select(e => e.Index));
            found[i].Select(near => (double)near.Distance)
                .ShouldBe(expected.Select(e => Math.Sqrt(e.Square) * 2 / 255), 1e-4);
        }
    }

    [Fact]
    public void Of_equally_near_images_the_lowest_indices_come_first()
    {
        // 1 and 4 are the image itself; 0, 2, 3 and 5 are one level away, each in another pixel.
        var near = NearestImages.Of([-1, -1, -1, -1], Tied, 3).ShouldHaveSingleItem();
        near.Select(n => n.Index).ShouldBe([1, 4, 0]);
        near.Select(n => n.Distance).ShouldBe([0f, 0, 2 / 255f], 1e-6);
        NearestImages.Of([-1, -1, -1, -1], Tied, 5).Single().Select(n => n.Index).ShouldBe([1, 4, 0, 2, 3]);
    }

    [Fact]
    public void Fewer_images_than_wanted_are_all_found_and_what_is_not_a_number_is_near_to_none()
    {
        NearestImages.Of([-1, -1, -1, -1], Tied, 9).Single().Length.ShouldBe(6);
        NearestImages.Of([-1, float.NaN, -1, -1], Tied, 3).Single().ShouldBeEmpty();
    }

    [Fact]
    public void The_picture_has_each_sample_above_the_line_and_its_nearest_below_it_in_order()
    {
        var images = new LabelledImages(1, 1, [0, 255, 51], [0, 0, 0]);
        float[] samples = [0.9f, -0.9f];
        var picture = NearestPicture.Of(samples, images, NearestImages.Of(samples, images, 2), 2);
        (picture.Width, picture.Height).ShouldBe((2 * 2, (3 * 2) + NearestPicture.Gap));
        Column(picture, 0).ShouldBe([242, 242, 255, 255, 255, 255, 255, 255, 255, 255, 51, 51]);
        Column(picture, 3).ShouldBe([13, 13, 255, 255, 255, 255, 255, 255, 0, 0, 51, 51]);
    }

    [Fact]
    public void An_image_that_is_missing_stays_black()
    {
        var one = new LabelledImages(1, 1, [255], [0]);
        var picture = NearestPicture.Of([1], one, NearestImages.Of([1], one, 3), 3);
        Column(picture, 0)[^6..].ShouldBe([255, 255, 0, 0, 0, 0]);
    }

    [Fact]
    public void Images_of_the_training_part_are_nearest_to_themselves_and_test_images_are_measured_beside_them()
    {
        var data = new ImageData("drawn", 2, Drawn(40, seed: 1), Drawn(10, seed: 2));
        var trial = new RecordingTrial();
        new NearestReport(trial, data).Of(data.Train.Flattened(20));
        trial.Artifacts.Keys.ShouldBe(["nearest.png", "nearest.json"]);

        var record = NearestRecord.Read(trial.Artifacts["nearest.json"])!;
        record.Images.ShouldBe(40);
        record.Indices.Select(near => near[0]).ShouldBe([0, 1, 2, 3, 4, 5, 6, 7]);
        record.Samples.ShouldAllBe(near => near.Length == 3 && near[0] == 0 && near[1] > 0 && near[1] <= near[2]);
        record.Test.Select(d => (double)d).ShouldBe(
            Enumerable.Range(0, 8).Select(i => Math.Sqrt(
                Enumerable.Range(0, 40).Min(index => Square(data.Test, i, data.Train, index))) * 2 / 255), 1e-4);
    }

    [Fact]
    public void Fewer_samples_than_are_shown_make_a_narrower_picture()
    {
        var data = new ImageData("drawn", 2, Drawn(4, seed: 1), Drawn(10, seed: 2));
        var trial = new RecordingTrial();
        new NearestReport(trial, data).Of(data.Test.Flattened(3));
        NearestRecord.Read(trial.Artifacts["nearest.json"])!.Samples.Length.ShouldBe(3);
        trial.Artifacts["nearest.png"][16..20].ShouldBe([0, 0, 0, 3 * Side * 2]);   // PNG: the width in pixels
    }

    private static LabelledImages Tied { get; } = new(
        2, 2,
        [0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
        new byte[6]);

    private static LabelledImages Drawn(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * Side * Side];
        random.NextBytes(pixels);
        return new LabelledImages(Side, Side, pixels, new byte[count]);
    }

    private static int Square(LabelledImages first, int i, LabelledImages second, int j) =>
        Enumerable.Range(0, Side * Side).Sum(pixel =>
        {
            var distance = first.Pixels[(i * Side * Side) + pixel] - second.Pixels[(j * Side * Side) + pixel];
            return distance * distance;
        });

    private static byte[] Column(GrayImage picture, int column) =>
        [.. Enumerable.Range(0, picture.Height).Select(row => picture[column, row])];
}
