using Shared.Data;
using Training.Data;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>Data sets that sweeps ask a worker for.</summary>
public sealed class WorkerDataTests
{
    private readonly List<(string Set, string Folder)> _fetched = [];

    [Fact]
    public async Task A_set_that_is_here_is_whole_and_adds_its_hashes_to_the_environment()
    {
        var data = Data(DataPlaces.Of(null));

        var found = await data.FindAsync("fashion-mnist");

        found.Problem.ShouldBeNull();
        found.Libraries.Select(library => library.Key)
            .ShouldBe(["data fashion-mnist", "feature network fashion-mnist"]);
        data.Whole.ShouldBe(["fashion-mnist"]);
        _fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_set_that_is_missing_says_so_and_is_fetched_into_the_clones_folder()
    {
        var data = Data(new DataPlaces(null, null, "/no/such/folder"));

        var found = await data.FindAsync("mnist");

        found.Problem!.ShouldContain("/no/such/folder");
        _fetched.ShouldBe([("mnist", "/no/such/folder/mnist")]);
        data.Whole.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_fetched_where_the_user_named_a_folder_or_the_catalogue_knows_no_such_set()
    {
        (await Data(new DataPlaces("/no/such/folder", null, "/nowhere")).FindAsync("mnist")).Problem
            .ShouldNotBeNull();
        (await Data(new DataPlaces(null, null, "/nowhere")).FindAsync("unheard-of")).Problem
            .ShouldNotBeNull();

        _fetched.ShouldBeEmpty();
    }

    private WorkerData Data(DataPlaces places) => new(places, FetchAsync, TimeProvider.System, _ => { });

    private Task FetchAsync(ImageSet set, string folder)
    {
        _fetched.Add((set.Name, folder));
        return new TaskCompletionSource().Task;   // under way
    }
}
