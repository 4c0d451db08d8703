namespace Bench.Orchestration;

/// <summary>Results of the orchestration benchmark as people and machines read them.</summary>
internal static class OrchestrationTable
{
    /// <summary>The head of the table; latencies are in milliseconds.</summary>
    public static string Head { get; } =
        $"{"",-41}{"batch",6}{"trials/s",10}{"points/s",10}{"cpu/trial",11}"
        + $"{"claim p50",11}{"p99",7}{"store p50",11}{"p99",7}{"finish p50",12}{"p99",7}   ms";

    /// <summary>What a peer does, as it was measured once on two noisy cores.</summary>
    public static string Peer =>
        "Optuna 4.9, the same trials from one process, trials/s: RDBStorage on SQLite 9.3, file journal 74; "
        + "two processes gain nothing";

    /// <summary>One case.</summary>
    public static string Line(OrchestrationResult result)
    {
        var (_, claim, store, finish) = result.Latencies;
        return $"{result.Case,-41}{result.Case.PointsPerBatch,6}{result.TrialsPerSecond,10:0}"
            + $"{result.PointsPerSecond,10:0}{result.ProcessorMilliseconds,11:0.00}"
            + $"{Milliseconds(claim, 50),11:0.0}{Milliseconds(claim, 99),7:0.0}"
            + $"{Milliseconds(store, 50),11:0.0}{Milliseconds(store, 99),7:0.0}"
            + $"{Milliseconds(finish, 50),12:0.0}{Milliseconds(finish, 99),7:0.0}";
    }

    /// <summary>One case for machines: the same numbers, without every single command.</summary>
    public static object Summary(OrchestrationResult result) => new
    {
        result.Case,
        result.Seconds,
        result.TrialsPerSecond,
        result.PointsPerSecond,
        result.ProcessorMilliseconds,
        claim = Percentiles(result.Latencies.Claim),
        store = Percentiles(result.Latencies.Store),
        finish = Percentiles(result.Latencies.Finish),
    };

    /// <summary>The value that so many per cent of the values do not exceed (nearest rank).</summary>
    public static double Percentile(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(percent / 100.0 * sorted.Count) - 1)];
    }

    private static object Percentiles(List<double> seconds) => new
    {
        p50Milliseconds = Milliseconds(seconds, 50),
        p99Milliseconds = Milliseconds(seconds, 99),
    };

    private static double Milliseconds(List<double> seconds, int percent) =>
        1e3 * Percentile(seconds, percent);
}
