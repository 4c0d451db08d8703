namespace Shared.Execution;

/// <summary>When a trial leaves a checkpoint.</summary>
/// <param name="EveryUpdates">
/// Distance of two checkpoints in updates; nothing where they are due by time, the longer of 30 s and 20
/// times what the last one took to write, so that they cost a twentieth of the trial at most.
/// </param>
public sealed record CheckpointRule(int? EveryUpdates)
{
    /// <summary>How many times as long as it took to write a checkpoint nothing more is written.</summary>
    public const int WritesApart = 20;

    /// <summary>The shortest time between two checkpoints that are due by time.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(30);

    /// <summary>Whether one is due after an update.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="sinceLast">
    /// Since the last one was written; since the attempt began before the first.
    /// </param>
    /// <param name="lastWrite">What the last one took to write; zero before the first.</param>
    public bool IsDue(int update, TimeSpan sinceLast, TimeSpan lastWrite) =>
        EveryUpdates is { } every ? update % every == 0 : sinceLast >= IntervalAfter(lastWrite);

    /// <summary>The time between two checkpoints that are due by time.</summary>
    /// <param name="lastWrite">What the last one took to write.</param>
    public static TimeSpan IntervalAfter(TimeSpan lastWrite) =>
        lastWrite * WritesApart > ShortestInterval ? lastWrite * WritesApart : ShortestInterval;
}
