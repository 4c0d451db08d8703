namespace Bench.Timing;

/// <summary>One workload, timed.</summary>
/// <param name="Workload">What was done.</param>
/// <param name="Rounds">How many rounds were counted.</param>
/// <param name="Machine">On what, and how busy it was.</param>
/// <param name="ComputesWith">For each peer what it computes with.</param>
/// <param name="Peers">The times.</param>
internal sealed record RaceResult(
    Round Workload,
    int Rounds,
    Machine Machine,
    IReadOnlyList<string> ComputesWith,
    IReadOnlyList<PeerTimes> Peers);

/// <summary>
/// Peers that take turns, A B C B C A …, so that what else the machine does hits all of them alike.
/// </summary>
internal sealed class Race : IDisposable
{
    private const int WarmUp = 2;
    private const double Tolerance = 1e-4;

    private readonly IReadOnlyList<PeerProcess> _peers;

    private Race(IReadOnlyList<PeerProcess> peers) => _peers = peers;

    /// <summary>Largest difference of a number of the check between the first peer and another.</summary>
    public double Disagreement { get; private set; }

    /// <summary>Starts the peers with the same weights and sees that they do the same.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public static Race Start(IReadOnlyList<PeerPlan> plans)
    {
        var race = new Race([.. plans.Select(PeerProcess.Start)]);
        var path = Path.GetTempFileName();
        try
        {
            race.ShareWeights(path);
            race.Disagreement = race.Compare();
            return race.Disagreement <= Tolerance
                ? race
                : throw new InvalidOperationException(
                    $"the peers differ by {race.Disagreement:0.0e+0}: they do other work");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Times a workload.</summary>
    public RaceResult Run(Round workload, int rounds)
    {
        var measured = new List<IReadOnlyList<Seconds>>();
        for (var round = 0; round < WarmUp + rounds; round++)
        {
            measured.Add(RunInTurn(workload, first: round % _peers.Count));
        }

        return new RaceResult(
            workload,
            rounds,
            Machine.Now(),
            [.. _peers.Select(peer => peer.ComputesWith)],
            Comparison.Of([.. _peers.Select(peer => peer.Name)], [.. measured.Skip(WarmUp)]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }
    }

    /// <summary>Every round another peer is the first.</summary>
    private Seconds[] RunInTurn(Round workload, int first)
    {
        var times = new Seconds[_peers.Count];
        for (var turn = 0; turn < times.Length; turn++)
        {
            var peer = (first + turn) % times.Length;
            times[peer] = _peers[peer].Run(workload);
        }

        return times;
    }

    private void ShareWeights(string path)
    {
        _peers[0].Weights("save", path);
        foreach (var peer in _peers.Skip(1))
        {
            peer.Weights("load", path);
        }
    }

    private double Compare()
    {
        var reference = _peers[0].Check();
        return _peers.Skip(1).Max(peer => peer.Check().Zip(reference, (a, b) => Math.Abs(a - b)).Max());
    }
}
