namespace Shared.Execution;

/// <summary>When a slot's process is started again, and when it is replaced.</summary>
public static class SlotRules
{
    /// <summary>
    /// So many processes of a slot in a row that end before they run anything fail the slot.
    /// </summary>
    public const int FalseStartLimit = 5;

    /// <summary>A process is replaced after so many attempts: libraries leak and memory fragments.</summary>
    public const int AttemptsOfProcess = 200;

    /// <summary>
    /// A process is replaced between two attempts when its resident memory is so many bytes above what it had
    /// when it was ready: 4 GiB.
    /// </summary>
    public const long ResidentGrowthLimit = 4L << 30;

    private const double LongestWait = 60;   // seconds

    /// <summary>The wait after the nth false start in a row: 1 s, 2 s, 4 s … at most a minute.</summary>
    public static TimeSpan WaitAfter(int falseStarts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, falseStarts - 1), LongestWait));

    /// <summary>Whether a process that has just ended an attempt is replaced.</summary>
    /// <param name="record">What is remembered of its slot, this attempt counted.</param>
    /// <param name="residentBytes">Its resident memory now; 0 unknown.</param>
    public static bool IsWorn(SlotRecord record, long residentBytes) =>
        record.Attempts >= AttemptsOfProcess
        || (record.ResidentAtStart > 0 && residentBytes - record.ResidentAtStart > ResidentGrowthLimit);
}
