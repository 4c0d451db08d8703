namespace Shared;

/// <summary>The root of the clone that a program was built in.</summary>
public static class CloneFolder
{
    private const string Solution = "Orchestrator.sln";

    /// <summary>The nearest folder at or above another one that holds the solution, or nothing.</summary>
    /// <param name="folder">Where the search begins, absolute.</param>
    /// <param name="isFile">Whether there is a file of that path.</param>
    public static string? Above(string folder, Func<string, bool> isFile)
    {
        for (var here = folder; here is not null; here = Path.GetDirectoryName(here))
        {
            if (isFile(Path.Combine(here, Solution)))
            {
                return here;
            }
        }

        return null;
    }
}
