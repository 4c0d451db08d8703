using Shared.Data;
using Training.Data;

namespace Tests.Training;

public sealed class ImageSetListingTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;

    private DataPlaces Places => new(_root, null, "/nowhere");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_whole_set_is_verified_with_its_folder_and_its_size_on_disk()
    {
        SmallImages.WriteTo(_root, packed: false);
        ImageSetListing.Of(SmallImages.Set, Places).ShouldBe(new ImageSetStatus(
            "small", ImageSetState.Verified, _root, 28 + 11 + 24 + 10, null, "run ./sweep data pull small"));
    }

    [Fact]
    public void A_damaged_file_is_named_with_the_repair_of_its_folder()
    {
        SmallImages.WriteTo(_root, packed: true);
        SmallImages.Write(Path.Combine(_root, "t10k-labels-idx1-ubyte.gz"), [2], [7, 7]);
        var status = ImageSetListing.Of(SmallImages.Set, Places);
        status.State.ShouldBe(ImageSetState.Damaged);
        status.Wrong!.ShouldStartWith($"{_root}/t10k-labels-idx1-ubyte.gz is not the published file");
        status.HowToGet.ShouldBe("put the original file there, or run ./sweep data pull small");
    }

    [Fact]
    public void A_set_that_is_nowhere_is_missing_and_names_where_it_was_looked_for()
    {
        var status = ImageSetListing.Of(ImageSets.FashionMnist, Places);
        status.ShouldBe(new ImageSetStatus(
            "fashion-mnist", ImageSetState.Missing, null, 0, $"in none of {_root}",
            "run apt-get install dataset-fashion-mnist, or ./sweep data pull fashion-mnist"));
    }

    [Fact]
    public void A_list_survives_its_way_from_one_program_to_the_other()
    {
        IReadOnlyList<ImageSetStatus> list = [ImageSetListing.Of(SmallImages.Set, Places)];
        StatusJson.Write(list).ShouldContain("\"state\": \"missing\"");
        StatusJson.Read<ImageSetStatus>(StatusJson.Write(list)).ShouldBe(list);
    }
}
