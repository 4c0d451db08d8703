using Training.Data;
using Training.Experiments;

namespace Tests.Training;

public sealed class ImageSetDownloadTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;
    private readonly List<string> _said = [];
    private readonly HttpClient _http = new();

    private string Folder => Path.Combine(_root, "small");

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_pulled_set_is_whole_and_reads_as_the_published_one()
    {
        using var mirror = new Mirror();
        await FetchAsync(mirror);
        Directory.GetFiles(Folder).Select(Path.GetFileName).Order().ShouldBe(
            SmallImages.Set.Files.Select(file => file.PackedName).Order());
        ImageSetReader.Read(SmallImages.Set, new DataFolder(Folder, "")).Train.Count.ShouldBe(3);
        _said.Count(line => line.EndsWith("verified", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task What_is_there_and_right_is_not_asked_for_again_and_what_is_damaged_is()
    {
        using var mirror = new Mirror();
        SmallImages.WriteTo(Directory.CreateDirectory(Folder).FullName, packed: false);
        File.WriteAllText(Path.Combine(Folder, "t10k-labels-idx1-ubyte"), "damaged");
        await FetchAsync(mirror);
        mirror.Asked.ShouldBe(["/t10k-labels-idx1-ubyte.gz"]);
        ImageSetReader.Read(SmallImages.Set, new DataFolder(Folder, "")).Test.Labels.ShouldBe([1, 0]);
    }

    [Fact]
    public async Task A_mirror_without_the_file_is_followed_by_the_next()
    {
        using var first = new Mirror { Answer = _ => Mirror.NotFound };
        using var second = new Mirror();
        await FetchAsync(first, second);
        first.Asked.Count.ShouldBe(4);
        second.Asked.Count.ShouldBe(4);
        _said.ShouldContain(line => line.EndsWith("the server answered 404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_and_nothing_is_left()
    {
        var other = SmallImages.Pack([0, 0, 8, 1, 0, 0, 0, 0]);
        using var mirror = new Mirror { Answer = _ => Mirror.Whole(other) };
        (await RefusalAsync(mirror)).ShouldBe(
            "train-images-idx3-ubyte.gz of small could not be downloaded: none of 127.0.0.1 gave the "
            + $"published file. Put the four files into {Folder} yourself, or name a folder that holds them "
            + "with --data.");
        _said.ShouldHaveSingleItem().ShouldContain("the checksum is wrong (");
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_in_the_place_of_the_file_is_refused()
    {
        var page = Mirror.Whole("<html>please log in</html>"u8.ToArray());
        using var mirror = new Mirror { Answer = _ => page };
        await RefusalAsync(mirror);
        _said.ShouldHaveSingleItem().ShouldContain("the checksum is wrong (");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_refused_and_the_next_mirror_asked()
    {
        using var broken = new Mirror { Answer = path => Mirror.BrokenOff(Mirror.File(path)) };
        using var whole = new Mirror();
        await FetchAsync(broken, whole);
        _said.Count(line => line.Contains("the connection broke", StringComparison.Ordinal)).ShouldBe(4);
        Directory.GetFiles(Folder).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_server_that_sends_without_end_is_stopped()
    {
        using var mirror = new Mirror { Answer = _ => Mirror.Whole(new byte[3 << 20]) };
        await RefusalAsync(mirror);
        _said.ShouldContain(line => line.Contains("more than the file holds", StringComparison.Ordinal));
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_download_leaves_what_was_verified_and_nothing_else()
    {
        using var stop = new CancellationTokenSource();
        var wasBegun = false;
        using var mirror = new Mirror
        {
            Answer = path => IsInterrupted(path)
                ? Mirror.BrokenOff(Mirror.File(path))
                : Mirror.Whole(Mirror.File(path)),
            AfterAnswer = path =>
            {
                if (IsInterrupted(path))
                {
                    var unfinished = Path.Combine(Folder, "t10k-images-idx3-ubyte.gz.part");
                    wasBegun = SpinWait.SpinUntil(() => File.Exists(unfinished), TimeSpan.FromSeconds(30));
                    stop.Cancel();
                }
            },
        };
        await Should.ThrowAsync<OperationCanceledException>(() => FetchAsync(stop.Token, mirror));
        Directory.GetFiles(Folder).Select(Path.GetFileName).Order().ShouldBe(
            ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]);
        wasBegun.ShouldBeTrue();

        static bool IsInterrupted(string path) => path.Contains("t10k-images", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_without_a_network_is_told_so()
    {
        string address;
        using (var gone = new Mirror())
        {
            address = gone.Address;
        }

        var refusal = await Should.ThrowAsync<DataSetException>(() => new ImageSetDownload(_http, _said.Add)
            .FetchAsync(SmallImages.Set with { Mirrors = [address] }, Folder, CancellationToken.None));
        refusal.Message.ShouldContain("none of 127.0.0.1 can be reached; is this machine offline?");
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        using var mirror = new Mirror();
        File.WriteAllText(Folder, "a file");
        (await RefusalAsync(mirror)).ShouldStartWith($"{Folder} cannot be written (");
    }

    private Task FetchAsync(params Mirror[] mirrors) => FetchAsync(CancellationToken.None, mirrors);

    private Task FetchAsync(CancellationToken stop, params Mirror[] mirrors) =>
        new ImageSetDownload(_http, _said.Add).FetchAsync(
            SmallImages.Set with { Mirrors = [.. mirrors.Select(mirror => mirror.Address)] }, Folder, stop);

    private async Task<string> RefusalAsync(Mirror mirror) =>
        (await Should.ThrowAsync<DataSetException>(() => FetchAsync(mirror))).Message;
}
