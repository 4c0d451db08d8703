namespace Tests.Simulation;

/// <summary>How much goes wrong in a simulation, and in which ways.</summary>
/// <remarks>Of what has a largest number, as many happen as chance says, at least one.</remarks>
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
        TrialCrashes = 1,
        WorkerKills = 2,
        KillsAtCommit = 1,
        BrokenBoxes = 1,
        Strangers = 1,
        Stops = 2,
        Outages = 2,
        StoreRestarts = 1,
        Partitions = 2,
        Freezes = 2,
        Sleeps = 1,
        ClockJumps = 3,
        SpoiledCheckpoints = 4,
        LostRequests = 0.02,
        LostAnswers = 0.04,
        Duplicates = 0.03,
        LateRequests = 0.01,
        People = 10,
    };

    /// <summary>Most processes of slots that end by themselves.</summary>
    public int SlotCrashes { get; init; }

    /// <summary>Most times that the first of the trials that run takes its slot's process with it.</summary>
    public int TrialCrashes { get; init; }

    /// <summary>Most workers that are killed, and their slots with them.</summary>
    public int WorkerKills { get; init; }

    /// <summary>Most workers that are killed when the store has just done what they asked.</summary>
    public int KillsAtCommit { get; init; }

    /// <summary>Most workers that join and on which no attempt makes an update.</summary>
    public int BrokenBoxes { get; init; }

    /// <summary>Most workers that join with another program, or without what the sweep requires.</summary>
    public int Strangers { get; init; }

    /// <summary>Most workers that are told to hand back and stop.</summary>
    public int Stops { get; init; }

    /// <summary>Most periods in which the store answers nobody.</summary>
    public int Outages { get; init; }

    /// <summary>Longest outage in seconds.</summary>
    public double LongestOutage { get; init; } = 40;

    /// <summary>Most restarts of the store, which then knows only what it had committed.</summary>
    public int StoreRestarts { get; init; }

    /// <summary>
    /// Most periods in which the store does not answer one worker, and may believe it gone.
    /// </summary>
    public int Partitions { get; init; }

    /// <summary>Most periods in which one worker's process stands still.</summary>
    public int Freezes { get; init; }

    /// <summary>Most periods in which everything stands still: the one computer of it all sleeps.</summary>
    public int Sleeps { get; init; }

    /// <summary>Most times that one worker's clock is set, up to two minutes forth or back.</summary>
    public int ClockJumps { get; init; }

    /// <summary>Most stored checkpoints whose bytes become others than their worker said.</summary>
    public int SpoiledCheckpoints { get; init; }

    /// <summary>Share of calls that never reach the store.</summary>
    public double LostRequests { get; init; }

    /// <summary>Share of calls that are carried out and whose answer is lost.</summary>
    public double LostAnswers { get; init; }

    /// <summary>Share of calls that reach the store a second time, up to half a minute later.</summary>
    public double Duplicates { get; init; }

    /// <summary>
    /// Share of calls that are taken for lost and reach the store later, after others that were sent later.
    /// </summary>
    public double LateRequests { get; init; }

    /// <summary>Most commands of people, sensible or not.</summary>
    public int People { get; init; }
}

/// <summary>What is done to a simulation.</summary>
internal enum Fault
{
    SlotCrash,
    TrialCrash,
    WorkerKill,
    WorkerKillAtCommit,
    BrokenBox,
    WrongProgram,
    UnfitWorker,
    StopAsked,
    Outage,
    StoreRestart,
    Partition,
    PartitionTakenForDeath,
    Freeze,
    Sleep,
    ClockJump,
    CheckpointSpoiled,
    LostRequest,
    LostAnswer,
    DuplicateRequest,
    LateRequest,
    LateClaimGranted,
    NonsenseSent,
}

/// <summary>What a simulation came across.</summary>
internal enum Sight
{
    AttemptLost,
    AttemptLostByExpiry,
    CommandOfStaleAttempt,
    CommandRepeated,
    RenewalRefused,
    ClaimAfterTheEnd,
    ClaimForGoneSlot,
    WorkerCutOff,
    TrialLostTooOften,
    TrialStartedNowhere,
    ParentEndedWithout,
    ParentArtifactOfLostAttempt,
    CheckpointUnread,
    WideTrialBegun,
    WideTrialHeldBack,
    WideTrialNeverFits,
    BatchFull,
    TrainingCancelled,
    TrainingDrained,
    AttemptResumed,
    AttemptResumedElsewhere,
    SlotRetired,
}
