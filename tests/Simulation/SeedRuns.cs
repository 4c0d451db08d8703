namespace Tests.Simulation;

/// <summary>Runs simulations, and says of one that failed how to see it again.</summary>
internal static class SeedRuns
{
    /// <summary>Runs consecutive seeds.</summary>
    public static IEnumerable<(int Seed, World World)> RunAll(
        int first, int count, Troubles troubles, Bug bug = Bug.None)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            yield return (seed, Run(seed, troubles, bug));
        }
    }

    /// <summary>Runs one seed.</summary>
    /// <exception cref="InvalidOperationException">
    /// What must hold does not; the message names the seed.
    /// </exception>
    public static World Run(int seed, Troubles troubles, Bug bug = Bug.None)
    {
        try
        {
            return new World(seed, troubles, bug).Run();
        }
        catch (Exception failure)
        {
            var again = troubles == Troubles.All ? $"; again: ./test --seeds 1 --from {seed}" : "";
            throw new InvalidOperationException(
                $"seed {seed} failed{again}; {troubles}: {failure.Message}", failure);
        }
    }
}
