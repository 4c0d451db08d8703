using System.Globalization;

namespace Worker.Hosting;

/// <summary>
/// A worker's folder for artifacts and checkpoints on their way from its slots; gone with the worker, or with
/// the next one where it was killed.
/// </summary>
public sealed class SpoolFolder : IDisposable
{
    private const string Start = "sweep-spool-";

    private SpoolFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, and deletes those of workers whose processes are gone.</summary>
    /// <param name="root">Where such folders are, such as the temporary folder.</param>
    /// <param name="processId">This process.</param>
    /// <param name="isAlive">Whether a process runs.</param>
    public static SpoolFolder Create(string root, int processId, Func<int, bool> isAlive)
    {
        foreach (var left in Directory.EnumerateDirectories(root, Start + "*"))
        {
            var owner = System.IO.Path.GetFileName(left)[Start.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out var process) && !isAlive(process))
            {
                Delete(left);
            }
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Start}{processId}-{Guid.NewGuid():N}");
        var path = System.IO.Path.Combine(root, name);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new SpoolFolder(path);
    }

    /// <inheritdoc/>
    public void Dispose() => Delete(Path);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception another) when (another is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another worker deletes it now.
        }
    }
}
