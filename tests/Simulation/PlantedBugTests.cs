using System.Globalization;
using System.Text;
using Tests.Shared.Reports;
using Xunit.Abstractions;

namespace Tests.Simulation;

/// <summary>Mistakes are planted in the simulated store: a simulation that misses one is of no use.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int MostSeeds = 500;

    [Theory]
    [InlineData("AcceptStaleFinish", "ends without running")]
    [InlineData("RenewAfterLoss", "state, leases and events do not agree after a renewal")]
    [InlineData("ForgetRetry", "the sweep does not end")]
    [InlineData("AcknowledgeBeforeCommit", "was acknowledged and is not there")]
    [InlineData("ReuseAttemptNumber", "is no new number")]
    [InlineData("StartBeforeParent", "starts before its parent's artifact is committed")]
    public void A_planted_bug_is_found_and_its_seed_fails_again_in_the_same_way(string name, string complaint)
    {
        var bug = Enum.Parse<Bug>(name);

        var seed = Enumerable.Range(1, MostSeeds)
            .First(seed => Complaint(seed, bug)?.Contains(complaint, StringComparison.Ordinal) is true);

        Complaint(seed, bug).ShouldBe(Complaint(seed, bug));
        Complaint(seed, Bug.None).ShouldBeNull("it is the bug that is found");
        var text = string.Create(CultureInfo.InvariantCulture, $"{name} is found by seed {seed}\n");
        output.WriteLine(text);
        RepositoryFiles.WriteArtifact($"simulation-{name}.txt", Encoding.UTF8.GetBytes(text));
    }

    private static string? Complaint(int seed, Bug bug)
    {
        try
        {
            SeedRuns.Run(seed, Troubles.All, bug);
            return null;
        }
        catch (InvalidOperationException found)
        {
            return found.Message;
        }
    }
}
