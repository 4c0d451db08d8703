namespace Bench.Orchestration;

/// <summary>What slots waited between two trials, in milliseconds.</summary>
/// <param name="Store">Kind of the store.</param>
/// <param name="Slots">Slots of the worker.</param>
/// <param name="Handovers">How many were timed.</param>
/// <param name="ToStart50">From end to start, median.</param>
/// <param name="ToStart99">From end to start, 99th percentile.</param>
/// <param name="ToEnd50">From end to the next end, median.</param>
/// <param name="ToEnd99">From end to the next end, 99th percentile.</param>
internal sealed record HandoverRow(
    string Store,
    int Slots,
    int Handovers,
    double ToStart50,
    double ToStart99,
    double ToEnd50,
    double ToEnd99)
{
    /// <summary>The percentiles of some handovers, at least one.</summary>
    public static HandoverRow Of(string store, int slots, IReadOnlyList<Handover> handovers)
    {
        return new HandoverRow(
            store,
            slots,
            handovers.Count,
            Milliseconds(handover => handover.ToStart, 50),
            Milliseconds(handover => handover.ToStart, 99),
            Milliseconds(handover => handover.ToEnd, 50),
            Milliseconds(handover => handover.ToEnd, 99));

        double Milliseconds(Func<Handover, double> part, int percent) =>
            1e3 * OrchestrationTable.Percentile(handovers.Select(part), percent);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Store,-9} {Slots} slots, {Handovers} handovers: ")
        + FormattableString.Invariant($"end to start p50 {ToStart50:0.0}, p99 {ToStart99:0.0} ms; ")
        + FormattableString.Invariant($"end to the next end p50 {ToEnd50:0.0}, p99 {ToEnd99:0.0} ms");
}
