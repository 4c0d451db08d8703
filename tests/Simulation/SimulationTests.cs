using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>Sweeps under every trouble we can think of, each from a seed that a failure names.</summary>
public sealed class SimulationTests
{
    private const int Seeds = 300;

    [Fact]
    public void Without_trouble_every_trial_takes_as_many_attempts_as_it_must()
    {
        foreach (var (seed, world) in Simulate(1, 20, Troubles.None))
        {
            world.Store.History.Events.OfType<SweepEvent.AttemptLost>().ShouldBeEmpty($"seed {seed}");
            world.Store.History.Events.OfType<SweepEvent.AttemptHandedBack>().ShouldBeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public void Whatever_goes_wrong_every_sweep_completes_with_the_results_of_an_undisturbed_one()
    {
        var sights = new Dictionary<Sight, int>();
        foreach (var (seed, world) in Simulate(1, Seeds, Troubles.All))
        {
            var undisturbed = Run(seed, Troubles.None);
            world.Store.State.Trials.Length.ShouldBe(undisturbed.Store.State.Trials.Length);
            foreach (var trial in world.Store.State.Trials)
            {
                (world.HasSameResult(undisturbed, trial.Number) || world.IsLostTooOften(trial))
                    .ShouldBeTrue($"seed {seed}, trial {trial.Number}");
            }

            foreach (var (sight, times) in world.Sights)
            {
                sights[sight] = sights.GetValueOrDefault(sight) + times;
            }
        }

        sights.Keys.ShouldBe(Enum.GetValues<Sight>(), ignoreOrder: true, "every kind of trouble is met");
    }

    [Fact]
    public void A_storm_of_crashes_fails_trials_but_never_a_sweep()
    {
        var storm = new Troubles { SlotCrashes = 120, WorkerKills = 10, LostAnswers = 0.1 };

        Simulate(1001, 20, storm).Sum(run => run.World.Sights.GetValueOrDefault(Sight.TrialLostTooOften))
            .ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("lost answers")]
    [InlineData("stops")]
    [InlineData("outages")]
    [InlineData("sleeps")]
    [InlineData("all of these")]
    public void Trouble_that_is_not_an_attempts_own_costs_no_attempt(string kind)
    {
        var both = new Troubles { LostAnswers = 0.15, Stops = 4, Outages = 3, Sleeps = 3 };
        var troubles = kind switch
        {
            "lost answers" => new Troubles { LostAnswers = both.LostAnswers },
            "stops" => new Troubles { Stops = both.Stops },
            "outages" => new Troubles { Outages = both.Outages },
            "sleeps" => new Troubles { Sleeps = both.Sleeps },
            _ => both,
        };
        foreach (var (seed, world) in Simulate(2001, 40, troubles))
        {
            world.Store.History.Events.OfType<SweepEvent.AttemptLost>().ShouldBeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        var first = new World(7, Troubles.All).Run().Store.History.Events;
        var second = new World(7, Troubles.All).Run().Store.History.Events;

        second.Select(e => e.ToString()).ShouldBe(first.Select(e => e.ToString()));
    }

    private static IEnumerable<(int Seed, World World)> Simulate(int first, int count, Troubles troubles)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            yield return (seed, Run(seed, troubles));
        }
    }

    private static World Run(int seed, Troubles troubles)
    {
        try
        {
            return new World(seed, troubles).Run();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"seed {seed} under {troubles} failed: {failure.Message}", failure);
        }
    }
}
