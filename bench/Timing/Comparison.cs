namespace Bench.Timing;

/// <summary>What one peer took over all rounds, and how it compares with the first one.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Least">The shortest time of a unit, wall and processor each by itself.</param>
/// <param name="Median">The median time of a unit, wall and processor each by itself.</param>
/// <param name="Ratio">
/// Median over rounds of this peer's time by the first peer's in the same round: above 1 the first is faster.
/// </param>
internal sealed record PeerTimes(string Peer, Seconds Least, Seconds Median, Seconds Ratio);

/// <summary>Medians and ratios of interleaved rounds.</summary>
internal static class Comparison
{
    /// <summary>Compares peers.</summary>
    /// <param name="names">Names of the peers; the first is what the others are compared with.</param>
    /// <param name="rounds">For each round the time of each peer, in the order of the names.</param>
    public static IReadOnlyList<PeerTimes> Of(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<Seconds>> rounds) =>
        [.. names.Select((name, peer) => new PeerTimes(
            name,
            Each(rounds, round => round[peer], values => values.Min()),
            Each(rounds, round => round[peer], Median),
            Each(rounds, round => By(round[peer], round[0]), Median)))];

    /// <summary>The middle one of the values, or the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static Seconds By(Seconds time, Seconds reference) =>
        new(time.Wall / reference.Wall, time.Processor / reference.Processor);

    private static Seconds Each(
        IReadOnlyList<IReadOnlyList<Seconds>> rounds,
        Func<IReadOnlyList<Seconds>, Seconds> of,
        Func<IEnumerable<double>, double> summary) =>
        new(
            summary(rounds.Select(round => of(round).Wall)),
            summary(rounds.Select(round => of(round).Processor)));
}
