namespace Tests.Shared.Reports;

/// <summary>Files of the checkout that the tests were built from.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>The bytes of a committed file.</summary>
    public static byte[] Read(string path)
    {
        var full = Path.Combine(Root, path);
        File.Exists(full).ShouldBeTrue($"{path} is missing; copy it from artifacts/");
        return File.ReadAllBytes(full);
    }

    /// <summary>Every C# file below these folders.</summary>
    public static IEnumerable<(string Name, string Text)> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    /// <summary>Writes what a test made, below <c>artifacts/</c>, for a person to compare or copy.</summary>
    public static void WriteArtifact(string path, byte[] bytes)
    {
        var full = Path.Combine(Root, "artifacts", path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
    }

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Orchestrator.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("no Orchestrator.sln above the test assembly");
        }

        return folder;
    }
}
