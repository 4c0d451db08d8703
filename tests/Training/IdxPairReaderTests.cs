using Shared.Data;
using Training.Data;
using Training.Evaluation;
using Training.Experiments;

namespace Tests.Training;

public sealed class IdxPairReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_test_part_the_last_sixth_in_file_order_is_it_and_classes_follow_from_the_labels()
    {
        var data = Read(Pair(Images(13), Labels([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 6, 5])));
        data.Train.Labels.ShouldBe([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2]);
        data.Test.Labels.ShouldBe([6, 5]);
        data.Train.Pixels.Length.ShouldBe(11 * 784);
        data.Test.Pixels[0].ShouldBe((byte)11);
        data.Classes.ShouldBe(7);
        data.Shape.ShouldBe([1, 28, 28]);
    }

    [Fact]
    public void A_test_part_of_its_own_leaves_all_images_to_training()
    {
        var data = ImageSetReader.Read(
            new IdxPair(Images(3), Labels([0, 1, 1]), Images(2, "t.gz"), Labels([2, 0], "u")).ToString(),
            DataPlaces.Of(null));
        data.Train.Count.ShouldBe(3);
        data.Test.Labels.ShouldBe([2, 0]);
        data.Classes.ShouldBe(3);
    }

    [Fact]
    public void The_hash_of_the_content_enters_the_environment_and_no_network_does()
    {
        var data = Read(Pair(Images(6), Labels([0, 1, 0, 1, 0, 1])));
        var other = Read(Pair(Images(6), Labels([0, 1, 0, 1, 1, 1], "l2")));
        var libraries = ComputingEnvironment.Describe("program", data).Libraries;
        libraries[$"data {data.Name}"].ShouldBe(data.Hash());
        libraries.Keys.ShouldNotContain(key => key.StartsWith("feature", StringComparison.Ordinal));
        other.Hash().ShouldNotBe(data.Hash());
        FeatureNetwork.Find(data.Name).ShouldBeNull();
    }

    [Fact]
    public void Images_of_another_size_are_refused_with_both_sizes()
    {
        var images = Path.Combine(_folder, "images");
        SmallImages.Write(images, [6, 32, 32], new byte[6 * 1024]);
        Refusal(Pair(images, Labels(new byte[6]))).ShouldBe(
            $"{images} holds images of 32 × 32 and the networks take 28 × 28; "
            + "name another file in the sweep file's key data.");
    }

    [Fact]
    public void Counts_that_differ_are_refused_with_both()
    {
        var (images, labels) = (Images(6), Labels(new byte[5]));
        Refusal(Pair(images, labels)).ShouldStartWith(
            $"{images} holds 6 images and {labels} holds 5 labels; ");
    }

    [Fact]
    public void Labels_in_the_place_of_images_and_the_reverse_are_refused()
    {
        var (images, labels) = (Images(6), Labels(new byte[6]));
        Refusal(Pair(labels, images)).ShouldStartWith(
            $"{labels} holds an array of 6 where images × rows × columns are expected; ");
        Refusal(Pair(images, images)).ShouldStartWith(
            $"{images} holds an array of 6 × 28 × 28 where as many labels as there are images are expected; ");
    }

    [Fact]
    public void Too_few_images_to_split_are_refused_with_the_keys_that_help()
    {
        Refusal(Pair(Images(5), Labels(new byte[5])))
            .ShouldContain("too few to split off a test part; name test_images");
        Refusal(Pair(Images(0), Labels([]))).ShouldContain("holds no images");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Refusal(Pair(Path.Combine(_folder, "no"), Labels([1]))).ShouldStartWith($"{_folder}/no is missing; ");

    private static ImageData Read(IdxPair pair) => IdxPairReader.Read(pair);

    private static IdxPair Pair(string images, string labels) => new(images, labels, null, null);

    private static string Refusal(IdxPair pair) => Should.Throw<DataSetException>(() => Read(pair)).Message;

    /// <summary>Images of 28 × 28, the pixels of each equal to its number.</summary>
    private string Images(int count, string name = "i.gz")
    {
        var path = Path.Combine(_folder, name);
        SmallImages.Write(
            path, [count, 28, 28], [.. Enumerable.Range(0, count * 784).Select(i => (byte)(i / 784))]);
        return path;
    }

    private string Labels(byte[] labels, string name = "l")
    {
        var path = Path.Combine(_folder, name);
        SmallImages.Write(path, [labels.Length], labels);
        return path;
    }
}
