using Shared.Data;
using Training.Data;
using Training.Experiments;

namespace Tests.Training;

public sealed class ImageSetReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private DataFolder Folder => new(_folder, "fetch it again");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Debians_files_hold_the_published_images()
    {
        var data = TestImages.Of("fashion-mnist");
        data.Name.ShouldBe("fashion-mnist");
        data.Classes.ShouldBe(10);
        data.Shape.ShouldBe([1, 28, 28]);
        data.Train.Count.ShouldBe(60_000);
        data.Test.Count.ShouldBe(10_000);
        data.Train.Labels.Take(5).ShouldBe([9, 0, 0, 3, 0]);
        data.Test.Labels.CountBy(label => label).ShouldAllBe(pair => pair.Value == 1_000);
        data.Hash().ShouldBe("ca3ab2a37f845e1b8ae23cab1b51749a3011ba3bf1d9016176d75cbaabac376f");
    }

    [Fact]
    public void Pixels_are_scaled_to_the_box()
    {
        var image = new float[3];
        new LabelledImages(1, 3, [0, 51, 255], [0]).CopyTo(0, image);
        image.ShouldBe([-1, -0.6f, 1]);
    }

    [Fact]
    public void Plain_and_packed_files_are_the_same_set()
    {
        var set = SmallImages.WriteTo(_folder, packed: false);
        var plain = ImageSetReader.Read(set, Folder);
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.Delete(file);
        }

        SmallImages.WriteTo(_folder, packed: true);
        ImageSetReader.Read(set, Folder).Hash().ShouldBe(plain.Hash());
        plain.Train.Count.ShouldBe(3);
        plain.Test.Labels.ShouldBe([1, 0]);
    }

    [Fact]
    public void An_array_of_another_shape_is_refused_with_both_shapes()
    {
        var set = SmallImages.WriteTo(_folder, packed: true);
        SmallImages.Write(Path.Combine(_folder, "train-images-idx3-ubyte.gz"), [1, 1, 1], [9]);
        Refusal(set).ShouldBe(
            $"{Path.Combine(_folder, "train-images-idx3-ubyte.gz")} holds an array of 1 × 1 × 1 "
            + "where 3 × 2 × 2 is expected; fetch it again.");
    }

    [Fact]
    public void A_file_whose_bytes_are_not_the_published_ones_is_refused_with_both_sums()
    {
        var set = SmallImages.WriteTo(_folder, packed: true);
        SmallImages.Write(Path.Combine(_folder, "t10k-labels-idx1-ubyte.gz"), [2], [1, 1]);
        var refusal = Refusal(set);
        refusal.ShouldStartWith(
            $"{Path.Combine(_folder, "t10k-labels-idx1-ubyte.gz")} is not the published file (SHA-256");
        refusal.ShouldContain($"not {set.Test.Labels.Sha256[..8]}…");
        refusal.ShouldEndWith("; fetch it again.");
    }

    [Fact]
    public void A_missing_file_is_named_as_mirrors_name_it()
    {
        var set = SmallImages.WriteTo(_folder, packed: false);
        File.Delete(Path.Combine(_folder, "train-labels-idx1-ubyte"));
        Refusal(set).ShouldBe(
            $"{Path.Combine(_folder, "train-labels-idx1-ubyte.gz")} is missing; fetch it again.");
    }

    [Fact]
    public void A_packed_file_that_was_cut_off_is_damaged()
    {
        var set = SmallImages.WriteTo(_folder, packed: true);
        var path = Path.Combine(_folder, "train-images-idx3-ubyte.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..20]);
        Refusal(set).ShouldStartWith($"{path} is damaged (");
    }

    [Fact]
    public void An_unknown_set_lists_the_known_ones() =>
        Should.Throw<DataSetException>(() => ImageSetReader.Read("cifar", DataPlaces.Of(_folder)))
            .Message.ShouldBe("There is no data set cifar; there are fashion-mnist and mnist.");

    private string Refusal(ImageSet set) =>
        Should.Throw<DataSetException>(() => ImageSetReader.Read(set, Folder)).Message;
}
