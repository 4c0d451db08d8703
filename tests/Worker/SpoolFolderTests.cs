using Worker.Hosting;

namespace Tests.Worker;

/// <summary>Folders of workers that were killed do not fill the disk.</summary>
public sealed class SpoolFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("spool-test-");

    [Fact]
    public void A_folder_is_gone_with_its_worker()
    {
        string path;
        using (var spool = Create(7))
        {
            path = spool.Path;
            File.WriteAllText(Path.Combine(path, "1.1.a.png"), "a");
        }

        Directory.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public void The_folders_of_dead_workers_go_and_those_of_living_ones_stay()
    {
        var dead = Create(7);
        var living = Create(8);
        var strange = _root.CreateSubdirectory("sweep-spool-strange");

        using var mine = Create(9, alive: 8);

        Directory.Exists(dead.Path).ShouldBeFalse();
        Directory.Exists(living.Path).ShouldBeTrue();
        strange.Exists.ShouldBeTrue();
    }

    public void Dispose() => _root.Delete(recursive: true);

    private SpoolFolder Create(int process, params int[] alive) => SpoolFolder.Create(
        _root.FullName, process, p => alive.Contains(p) || alive.Length == 0);
}
