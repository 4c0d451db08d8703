using System.Globalization;
using System.Text;
using Shared.Sweeps;
using Tests.Shared.Reports;
using Xunit.Abstractions;

namespace Tests.Simulation;

/// <summary>Sweeps under every trouble we can think of, each from a seed that a failure names.</summary>
/// <remarks>
/// <c>./test --seeds 1000000</c> runs as many seeds of the whole mixture, <c>--from N</c> from that one on;
/// what they came across is in <c>artifacts/simulation.txt</c>.
/// </remarks>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 500;
    private const int LeastOfEach = 20;

    [Fact]
    public void Without_trouble_no_attempt_is_lost_or_handed_back()
    {
        foreach (var (seed, world) in SeedRuns.RunAll(1, 20, Troubles.None))
        {
            world.Store.History.Losses.ShouldBe(0, $"seed {seed}");
            world.Tally["event AttemptHandedBack"].ShouldBe(0, $"seed {seed}");
            world.Tally["event SweepCompleted"].ShouldBe(1, $"seed {seed}");
        }
    }

    [Fact]
    public void Whatever_goes_wrong_every_sweep_ends_with_the_results_of_an_undisturbed_one()
    {
        var first = FromEnvironment("SIMULATION_FROM", 1);
        var count = FromEnvironment("SIMULATION_SEEDS", Seeds);
        var began = TimeProvider.System.GetTimestamp();
        var tally = new Tally();
        var longest = 0L;
        foreach (var (_, world) in SeedRuns.RunAll(first, count, Troubles.All))
        {
            tally.Add(world.Tally);
            longest = Math.Max(longest, world.Agenda.Happened);
        }

        var minutes = TimeProvider.System.GetElapsedTime(began).TotalMinutes;
        Publish(string.Create(
            CultureInfo.InvariantCulture,
            $"seeds {first} to {first + count - 1}: {count / minutes:0} a minute, {longest} steps the longest\n")
            + tally);
        if (count >= Seeds)
        {
            Kinds().Where(kind => tally[kind] < LeastOfEach).ShouldBeEmpty("every kind is met often");
        }
    }

    [Fact]
    public void A_storm_of_crashes_fails_trials_but_never_a_sweep()
    {
        var storm = new Troubles { SlotCrashes = 200, WorkerKills = 10, LostAnswers = 0.1 };

        SeedRuns.RunAll(1001, 20, storm).Sum(run => run.World.Tally["event TrialReopened"])
            .ShouldBeGreaterThan(0, "trials that were lost too often are run again by hand");
    }

    [Theory]
    [InlineData("the network")]
    [InlineData("stops")]
    [InlineData("outages")]
    [InlineData("restarts")]
    [InlineData("sleeps")]
    [InlineData("clocks")]
    [InlineData("all of these")]
    public void Trouble_that_is_not_an_attempts_own_costs_no_attempt(string kind)
    {
        var all = new Troubles
        {
            LostRequests = 0.1,
            LostAnswers = 0.15,
            Stops = 4,
            Outages = 3,
            StoreRestarts = 3,
            Sleeps = 3,
            ClockJumps = 10,
        };
        var troubles = kind switch
        {
            "the network" => new Troubles { LostRequests = all.LostRequests, LostAnswers = all.LostAnswers },
            "stops" => new Troubles { Stops = all.Stops },
            "outages" => new Troubles { Outages = all.Outages },
            "restarts" => new Troubles { StoreRestarts = all.StoreRestarts },
            "sleeps" => new Troubles { Sleeps = all.Sleeps },
            "clocks" => new Troubles { ClockJumps = all.ClockJumps },
            _ => all,
        };
        foreach (var (seed, world) in SeedRuns.RunAll(2001, 40, troubles))
        {
            world.Store.History.Losses.ShouldBe(0, $"seed {seed}");
        }
    }

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        var first = new World(7, Troubles.All).Run();
        var second = new World(7, Troubles.All).Run();

        second.Store.History.Events.Select(SweepEventJson.Write)
            .ShouldBe(first.Store.History.Events.Select(SweepEventJson.Write));
        second.Agenda.Happened.ShouldBe(first.Agenda.Happened);
        $"{second.Tally}".ShouldBe($"{first.Tally}");
    }

    private static IEnumerable<string> Kinds() =>
        typeof(SweepEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(SweepEvent)))
            .Select(t => $"event {t.Name}")
            .Concat(Enum.GetValues<Rejection>().Select(reason => $"rejection {reason}"))
            .Concat(Enum.GetValues<Fault>().Select(Tally.NameOf))
            .Concat(Enum.GetValues<Sight>().Select(Tally.NameOf));

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;

    private void Publish(string text)
    {
        output.WriteLine(text);
        RepositoryFiles.WriteArtifact("simulation.txt", Encoding.UTF8.GetBytes(text));
    }
}
