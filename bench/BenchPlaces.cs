namespace Bench;

/// <summary>Where things are in the clone.</summary>
internal static class BenchPlaces
{
    private const string Solution = "Orchestrator.sln";

    /// <summary>Root of the clone: the nearest folder above this program that holds the solution.</summary>
    public static string Clone { get; } = FindClone();

    /// <summary>This program, for the processes that it starts of itself.</summary>
    public static string Program { get; } = typeof(BenchPlaces).Assembly.Location;

    /// <summary>Another program of the same build.</summary>
    /// <param name="name">Its project.</param>
    public static string Built(string name) => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, $"{name}.dll"));

    /// <summary>A file of the folder bench.</summary>
    public static string File(string name) => Path.Combine(Clone, "bench", name);

    private static string FindClone()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException(
                $"no folder above {AppContext.BaseDirectory} holds {Solution}");
    }
}
