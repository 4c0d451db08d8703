using System.IO.Compression;
using Training.Data;
using Training.Experiments;

namespace Tests.Training;

public sealed class FashionMnistTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Debians_files_hold_the_published_images()
    {
        var data = FashionMnist.Load();
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
    public void A_folder_of_another_shape_is_refused()
    {
        Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9]);
        var message = Should.Throw<DataSetException>(() => FashionMnist.Load(_folder)).Message;
        message.ShouldContain(Path.Combine(_folder, "train-images-idx3-ubyte.gz"));
        message.ShouldContain("1 × 1 × 1 where 60000 × 28 × 28 is expected");
        message.ShouldContain("unset SWEEP_DATA");
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused()
    {
        Write("train-images-idx3-ubyte", [.. Header(3), 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[47_040_000]]);
        Write("train-labels-idx1-ubyte", [.. Header(1), .. Enumerable.Repeat((byte)10, 60_000)]);
        Should.Throw<DataSetException>(() => FashionMnist.Load(_folder))
            .Message.ShouldContain("not all below 10");
    }

    [Fact]
    public void An_empty_folder_names_the_first_file_and_the_repair() =>
        Should.Throw<DataSetException>(() => FashionMnist.Load(_folder)).Message.ShouldBe(
            $"{Path.Combine(_folder, "train-images-idx3-ubyte.gz")} is missing; put the original file there, "
            + "or unset SWEEP_DATA to use Debian's package dataset-fashion-mnist.");

    [Fact]
    public void The_folder_is_the_one_that_the_variable_names()
    {
        FashionMnist.Folder(null).ShouldBe("/usr/share/datasets/fashion-mnist");
        FashionMnist.Folder(_folder).ShouldBe(_folder);
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "fashion-mnist")).FullName;
        FashionMnist.Folder(_folder).ShouldBe(inner);
    }

    /// <summary>Magic number and the size 60,000 of the first dimension.</summary>
    private static byte[] Header(byte rank) => [0, 0, 8, rank, 0, 0, 0xEA, 0x60];

    private void Write(string name, byte[] bytes)
    {
        var file = File.Create(Path.Combine(_folder, name + ".gz"));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(bytes);
    }
}
