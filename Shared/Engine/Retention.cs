using System.Collections.Immutable;
using System.Globalization;
using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>
/// Which checkpoints are kept: of a trial that waits or runs the last two, so that one that cannot be read
/// costs little, and the one that its next attempt begins from; of a trial that ended the last one.
/// </summary>
/// <remarks>
/// An attempt that lost its right and does not know it yet may have stored checkpoints that nobody recorded:
/// they count among the last two, and so the recorded one is kept beside them.
/// </remarks>
public static class Retention
{
    /// <summary>What was written within this time is never freed: somebody may be about to name it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private const string NameStart = "checkpoint-";
    private const string NameEnd = ".ckpt";
    private const int KeptOfRunning = 2;
    private const int KeptOfEnded = 1;

    /// <summary>The checkpoints that newer ones replaced; nothing else is ever superfluous.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="entries">Its artifacts, or those of some of its trials.</param>
    /// <returns>By trial, attempt and update.</returns>
    public static ImmutableArray<ArtifactEntry> Superfluous(
        SweepState state, IEnumerable<ArtifactEntry> entries) =>
    [
        .. entries
            .Select(entry => (Entry: entry, Update: UpdateOf(entry)))
            .Where(checkpoint => checkpoint.Update is not null)
            .GroupBy(checkpoint => checkpoint.Entry.Attempt.Trial)
            .OrderBy(trial => trial.Key)
            .Where(trial => trial.Key <= state.Trials.Length)
            .SelectMany(trial => Replaced(
                state.Trial(trial.Key),
                trial.OrderBy(checkpoint => checkpoint.Entry.Attempt.Number)
                    .ThenBy(checkpoint => checkpoint.Update)
                    .Select(checkpoint => checkpoint.Entry))),
    ];

    private static IEnumerable<ArtifactEntry> Replaced(
        TrialState trial, IEnumerable<ArtifactEntry> oldestFirst)
    {
        if (trial.Outcome is not null)
        {
            return oldestFirst.SkipLast(KeptOfEnded);
        }

        var next = Claiming.CheckpointOf(trial);
        return oldestFirst
            .SkipLast(KeptOfRunning)
            .Where(entry => entry.Attempt != next?.Attempt || entry.Name != next.FileName);
    }

    private static long? UpdateOf(ArtifactEntry entry) =>
        entry.MediaType == CheckpointId.MediaType
        && entry.Name.StartsWith(NameStart, StringComparison.Ordinal)
        && entry.Name.EndsWith(NameEnd, StringComparison.Ordinal)
        && long.TryParse(
            entry.Name.AsSpan()[NameStart.Length..^NameEnd.Length],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var update)
            ? update
            : null;
}
