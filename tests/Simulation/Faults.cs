using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>What goes wrong, and when.</summary>
internal static class Faults
{
    /// <summary>Puts everything that is to go wrong on the agenda.</summary>
    public static void Schedule(World world, People people)
    {
        var agenda = world.Agenda;
        var troubles = OfTheDay(world.Troubles, agenda.Draw(8));
        Often(world, troubles.SlotCrashes, () => Crash(
            world, Fault.SlotCrash, Pick(world, world.Workers.SelectMany(w => w.LivingSlots))));
        Often(world, troubles.TrialCrashes, () => Crash(world, Fault.TrialCrash, OfFirstTrial(world)));
        Often(world, troubles.WorkerKills, () => ToWorker(world, Fault.WorkerKill, world.Kill));
        Often(world, troubles.KillsAtCommit, () => ToWorker(
            world, Fault.WorkerKillAtCommit, worker => worker.DiesAtCommit = true));
        Often(world, troubles.BrokenBoxes, () => JoinBroken(world));
        Often(world, troubles.Strangers, () => JoinStranger(world));
        Often(world, troubles.Stops, () => ToWorker(world, Fault.StopAsked, worker => Stop(world, worker)));
        Often(world, troubles.Outages, () => Silence(
            world, Fault.Outage, agenda.Between(0.5, troubles.LongestOutage)));
        Often(world, troubles.StoreRestarts, () =>
        {
            Silence(world, Fault.StoreRestart, agenda.Between(0.5, 3));
            world.Store.Restart();
        });
        Often(world, troubles.Partitions, () => ToWorker(
            world, Fault.Partition, worker => Partition(world, worker)));
        Often(world, troubles.Freezes, () => ToWorker(world, Fault.Freeze, worker =>
        {
            world.MayCost(worker.Kind.Slots);
            worker.Freeze(agenda.Between(1, 40));
        }));
        Often(world, troubles.Sleeps, () =>
        {
            world.Tally.Add(Fault.Sleep);
            agenda.Sleep(agenda.Between(1, 1000));
        });
        Often(world, troubles.ClockJumps, () => ToWorker(
            world, Fault.ClockJump, worker => worker.Kind.ClockSkew += agenda.Between(-120, 120)));
        Often(world, troubles.SpoiledCheckpoints, () => SpoilCheckpoint(world));
        Often(world, troubles.People, people.Act);
        if (troubles.People > 0 && agenda.Draw(12) == 0)
        {
            agenda.After(agenda.Between(5, Troubles.Season), people.Cancel);
        }
    }

    /// <summary>On some days one kind of trouble is all there is of, more than a trial can bear.</summary>
    private static Troubles OfTheDay(Troubles troubles, int day) => day switch
    {
        0 => troubles with
        {
            SlotCrashes = troubles.SlotCrashes * 40,
            TrialCrashes = troubles.TrialCrashes * 40,
        },
        1 => troubles with { BrokenBoxes = troubles.BrokenBoxes * 10 },
        _ => troubles,
    };

    private static void Often(World world, int most, Action trouble)
    {
        for (var left = most == 0 ? 0 : 1 + world.Agenda.Draw(most); left > 0; left--)
        {
            world.Agenda.After(world.Agenda.Between(0, Troubles.Season), trouble);
        }
    }

    private static void ToWorker(World world, Fault fault, Action<WorkerModel> trouble)
    {
        if (Pick(world, world.Workers) is { } worker)
        {
            world.Tally.Add(fault);
            trouble(worker);
        }
    }

    private static void Crash(World world, Fault fault, SlotModel? slot)
    {
        if (slot is not null)
        {
            world.Tally.Add(fault);
            world.MayCost(1);
            slot.Kill("signal 9");
        }
    }

    /// <summary>The process that runs the first of the trials that run, as far as the store knows.</summary>
    private static SlotModel? OfFirstTrial(World world) => world.Store.State.Running.IsEmpty
        ? null
        : world.Workers.SelectMany(worker => worker.LivingSlots).FirstOrDefault(
            slot => slot.ProcessId == world.Store.PlaceOf(world.Store.State.Running.First().Value).ProcessId);

    private static void JoinBroken(World world)
    {
        world.Tally.Add(Fault.BrokenBox);
        world.Join(Kind(world) with { IsBroken = true });
    }

    private static void JoinStranger(World world)
    {
        if (world.Agenda.Draw(2) == 0)
        {
            world.Tally.Add(Fault.WrongProgram);
            world.Join(Kind(world) with { Program = "another program" });
        }
        else
        {
            world.Tally.Add(Fault.UnfitWorker);
            world.Join(Kind(world) with { Offer = null });
        }
    }

    /// <summary>What is stored as a checkpoint of a trial that is not over was never one.</summary>
    private static void SpoilCheckpoint(World world)
    {
        var newest = world.Store.State.Trials.Where(trial => trial.Outcome is null)
            .Select(trial => trial.Attempts.LastOrDefault(a => a.Checkpoint is not null)?.Checkpoint)
            .OfType<CheckpointId>();
        if (Pick(world, newest) is { } spoiled)
        {
            world.Tally.Add(Fault.CheckpointSpoiled);
            world.Store.Work.Spoil(spoiled);
        }
    }

    private static WorkerKind Kind(World world) => new(
        2, "a processor", StoreModel.Program, WorkerOffer.Nothing, IsForOneSweep: world.Agenda.Draw(2) == 0,
        IsBroken: false);

    /// <summary>Now and then twice, which means at once.</summary>
    private static void Stop(World world, WorkerModel worker)
    {
        worker.Post(new WorkerInput.StopAsked());
        if (world.Agenda.Draw(3) == 0)
        {
            world.Agenda.After(world.Agenda.Between(0, 2), () => worker.Post(new WorkerInput.StopAsked()));
        }
    }

    private static void Silence(World world, Fault fault, TimeSpan length)
    {
        world.Tally.Add(fault);
        world.SilenceStore(length);
    }

    private static void Partition(World world, WorkerModel worker)
    {
        world.MayCost(worker.Kind.Slots);
        worker.CutOffs++;
        if (world.Agenda.Draw() < 0.5)
        {
            world.Tally.Add(Fault.PartitionTakenForDeath);
            world.Store.Leave(worker.Name);   // the store sees its connection gone, and has it back later
        }

        world.Agenda.After(world.Agenda.Between(1, 90), () =>
        {
            worker.CutOffs--;
            if (worker is { IsAlive: true, CutOffs: 0 })
            {
                world.Store.Join(worker.Name);
            }
        });
    }

    private static T? Pick<T>(World world, IEnumerable<T> from)
        where T : class
    {
        var all = from.ToList();
        return all.Count == 0 ? null : all[world.Agenda.Draw(all.Count)];
    }
}
