using System.Collections.Immutable;

namespace Shared.Statistics;

/// <summary>A time to an event, or for how long it was waited for in vain.</summary>
/// <param name="Time">From 0, in the unit of the question.</param>
/// <param name="IsReached">Whether the event came; otherwise it had not come by then (censored).</param>
public readonly record struct TimeToEvent(double Time, bool IsReached);

/// <summary>
/// The share for which an event has not come yet, against time, when some were not watched to the end.
/// </summary>
/// <param name="Count">How many were watched.</param>
/// <param name="Reached">For how many the event came.</param>
/// <param name="Steps">Where the share falls, earliest first.</param>
public sealed record KaplanMeier(int Count, int Reached, ImmutableArray<SurvivalStep> Steps)
{
    /// <summary>
    /// The first time by which the event has come for half of them; nothing where the share stays above half.
    /// </summary>
    public double? Median => Steps.Where(s => s.Share <= 0.5).Select(s => (double?)s.Time).FirstOrDefault();

    /// <summary>The product-limit estimate, or nothing of nothing.</summary>
    /// <param name="times">Finite times from 0, in any order.</param>
    /// <remarks>
    /// Source: Kaplan and Meier, "Nonparametric estimation from incomplete observations", Journal of the American
    /// Statistical Association 53 (1958). At equal times events come before the end of watching. It takes the end
    /// of watching to say nothing of the event: a run that diverges is worse than that, so that where many
    /// diverge the share is too favourable.
    /// </remarks>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    public static KaplanMeier? Of(IReadOnlyCollection<TimeToEvent> times)
    {
        if (times.Any(t => !double.IsFinite(t.Time) || t.Time < 0))
        {
            throw new ArgumentException("A time is negative or not finite", nameof(times));
        }

        if (times.Count == 0)
        {
            return null;
        }

        var steps = ImmutableArray.CreateBuilder<SurvivalStep>();
        var (share, atRisk) = (1.0, times.Count);
        foreach (var group in times.GroupBy(t => t.Time).OrderBy(g => g.Key))
        {
            if (group.Count(t => t.IsReached) is > 0 and var reached)
            {
                share *= 1 - ((double)reached / atRisk);
                steps.Add(new SurvivalStep(group.Key, atRisk, reached, share));
            }

            atRisk -= group.Count();
        }

        return new KaplanMeier(times.Count, times.Count(t => t.IsReached), steps.ToImmutable());
    }
}

/// <summary>A time at which the event came for some.</summary>
/// <param name="Time">When.</param>
/// <param name="AtRisk">For how many it had not come before, of those still watched.</param>
/// <param name="Reached">For how many it came then.</param>
/// <param name="Share">The estimated share for which it has not come after that.</param>
public sealed record SurvivalStep(double Time, int AtRisk, int Reached, double Share);
