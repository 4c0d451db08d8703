using Shared.Data;
using Training.Data;
using Training.Experiments;

namespace Tests.Training;

public sealed class DataPlacesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;
    private readonly ImageSet _set;

    public DataPlacesTests() =>
        _set = SmallImages.Set with { Package = new DebianPackage("dataset-small", Path.Combine(_root, "debian")) };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_places_come_in_order_and_the_first_that_holds_a_file_is_taken()
    {
        var (variable, pulled, debian) = (Folder("variable", "small"), Folder("pulled", "small"), Folder("debian"));
        Put(debian);
        Found().ShouldBe(debian);
        Put(pulled);
        Found().ShouldBe(pulled);
        Put(variable);
        Found().ShouldBe(variable);
    }

    [Fact]
    public void The_folder_of_the_command_line_is_the_only_one_that_is_looked_in()
    {
        var given = Folder("given");
        Put(Folder("variable"));
        Put(Folder("debian"));
        Places(given).Find(_set).Path.ShouldBe(given);
    }

    [Fact]
    public void Files_stand_in_a_folder_of_the_sets_name_or_in_the_folder_itself()
    {
        var given = Folder("given");
        Put(given);
        Places(given).Find(_set).Path.ShouldBe(given);
        var inner = Folder("given", "small");
        Places(given).Find(_set).Path.ShouldBe(inner);
    }

    [Fact]
    public void One_file_is_enough_so_that_an_incomplete_folder_is_named_and_not_passed_over()
    {
        Put(Folder("debian"));
        SmallImages.Write(Path.Combine(Folder("variable"), "t10k-labels-idx1-ubyte"), [2], [1, 0]);
        var refusal = Should.Throw<DataSetException>(() => ImageSetReader.Read(_set, Places().Find(_set)));
        refusal.Message.ShouldBe(
            $"{Path.Combine(_root, "variable", "train-images-idx3-ubyte.gz")} is missing; put the original file "
            + "there, or run apt-get install dataset-small, or ./sweep data pull small.");
    }

    [Fact]
    public void A_set_that_is_nowhere_names_every_place_and_how_to_get_it()
    {
        Folder("variable");
        Should.Throw<DataSetException>(() => Places().Find(_set)).Message.ShouldBe(
            $"small is in none of {_root}/variable, {_root}/pulled/small, {_root}/debian; "
            + "run apt-get install dataset-small, or ./sweep data pull small.");
        Should.Throw<DataSetException>(() => Places().Find(_set with { Package = null })).Message.ShouldBe(
            $"small is in none of {_root}/variable, {_root}/pulled/small; run ./sweep data pull small.");
    }

    [Fact]
    public void A_named_folder_that_does_not_exist_is_refused_by_what_named_it()
    {
        Should.Throw<DataSetException>(() => Places($"{_root}/no").Find(_set)).Message.ShouldBe(
            $"--data names {_root}/no, and there is no such folder.");
        Should.Throw<DataSetException>(() => Places().Find(_set)).Message.ShouldBe(
            $"SWEEP_DATA names {_root}/variable, and there is no such folder.");
    }

    [Fact]
    public void Each_place_has_its_own_repair()
    {
        Folder("variable");
        Places().FoldersOf(_set).Select(folder => folder.Repair).ShouldBe(
        [
            "put the original file there, or run apt-get install dataset-small, or ./sweep data pull small",
            "run ./sweep data pull small",
            "run apt-get install --reinstall dataset-small, or ./sweep data pull small",
        ]);
    }

    private DataPlaces Places(string? given = null) =>
        new(given, Path.Combine(_root, "variable"), Path.Combine(_root, "pulled"));

    private string Found() => Places().Find(_set).Path;

    private string Folder(params string[] path) =>
        Directory.CreateDirectory(Path.Combine([_root, .. path])).FullName;

    private static void Put(string folder) => SmallImages.WriteTo(folder, packed: true);
}
