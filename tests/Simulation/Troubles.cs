namespace Tests.Simulation;

/// <summary>How much goes wrong in a simulation, and in which ways.</summary>
internal sealed record Troubles
{
    /// <summary>Faults happen in this many seconds from the start.</summary>
    public const double Season = 45;

    /// <summary>Nothing goes wrong.</summary>
    public static Troubles None { get; } = new();

    /// <summary>A bit of everything.</summary>
    public static Troubles All { get; } = new()
    {
        SlotCrashes = 5,
        WorkerKills = 2,
        Stops = 2,
        Outages = 2,
        Partitions = 2,
        Freezes = 2,
        Sleeps = 1,
        LostAnswers = 0.05,
    };

    /// <summary>Most processes of slots that end by themselves.</summary>
    public int SlotCrashes { get; init; }

    /// <summary>Most workers that are killed, and their slots with them.</summary>
    public int WorkerKills { get; init; }

    /// <summary>Most workers that are told to hand back and stop.</summary>
    public int Stops { get; init; }

    /// <summary>Most periods in which the store answers nobody.</summary>
    public int Outages { get; init; }

    /// <summary>Longest outage in seconds.</summary>
    public double LongestOutage { get; init; } = 40;

    /// <summary>
    /// Most periods in which the store does not answer one worker, and may believe it gone.
    /// </summary>
    public int Partitions { get; init; }

    /// <summary>Most periods in which one worker's process stands still.</summary>
    public int Freezes { get; init; }

    /// <summary>Most periods in which everything stands still: the one computer of it all sleeps.</summary>
    public int Sleeps { get; init; }

    /// <summary>Share of calls that are carried out and whose answer is lost.</summary>
    public double LostAnswers { get; init; }
}

/// <summary>What a simulation came across; a simulator that meets no trouble proves nothing.</summary>
internal enum Sight
{
    AttemptLost,
    AttemptLostByExpiry,
    AttemptHandedBack,
    CommandOfStaleAttempt,
    CommandRepeated,
    RenewalRefused,
    ClaimAfterTheEnd,
    ClaimForGoneSlot,
    WorkerCutOff,
    TrialLostTooOften,
    BatchFull,
    TrainingCancelled,
}
