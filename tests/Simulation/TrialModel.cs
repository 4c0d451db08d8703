using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>What a trial does when nobody disturbs it: a pure function of its number.</summary>
/// <param name="Updates">The points of each update, in order.</param>
/// <param name="Outcome">How an undisturbed attempt ends.</param>
/// <param name="CheckpointEvery">Distance of its checkpoints in updates.</param>
internal sealed record TrialModel(
    ImmutableArray<ImmutableArray<MetricPoint>> Updates, AttemptOutcome Outcome, int CheckpointEvery)
{
    private const int ManyPoints = 300;   // fills batches before they are due
    private const int MostTrials = 40;

    private static readonly ImmutableArray<TrialModel> All =
        [.. Enumerable.Range(0, MostTrials).Select(Make)];

    /// <summary>All points, in order.</summary>
    public IEnumerable<MetricPoint> Points => PointsUpTo(Updates.Length);

    /// <summary>Name of the picture that a completed trial leaves.</summary>
    public const string Picture = "samples.png";

    /// <summary>The trial's outcome when nobody disturbs it.</summary>
    public Outcome TrialOutcome => Outcome switch
    {
        AttemptOutcome.Completed => global::Shared.Sweeps.Outcome.Completed,
        AttemptOutcome.Diverged => global::Shared.Sweeps.Outcome.Diverged,
        _ => global::Shared.Sweeps.Outcome.Failed,
    };

    /// <summary>The trial of a number, from 1.</summary>
    public static TrialModel Of(int number) => All[number];

    /// <summary>The points of its first updates, in order.</summary>
    public IEnumerable<MetricPoint> PointsUpTo(int update) =>
        Updates.Take(update).SelectMany(points => points);

    private static TrialModel Make(int number)
    {
        var updates = 8 + (number * 7 % 23);
        var points = number % 6 == 0 ? ManyPoints : number % 3;   // some updates measure nothing
        return new TrialModel(
            [.. Enumerable.Range(1, updates).Select(u => PointsOf(number, u, points))],
            (number % 5, number % 7) switch
            {
                (0, _) => AttemptOutcome.Diverged,
                (_, 0) => AttemptOutcome.Failed,
                _ => AttemptOutcome.Completed,
            },
            2 + (number % 4));
    }

    private static ImmutableArray<MetricPoint> PointsOf(int number, int update, int points) =>
        [.. Enumerable.Range(0, points).Select(
            p => new MetricPoint(update, $"m{p % 2}", (number * 1000.0) + p))];
}
