using Engine.Sql;

namespace Bench.Orchestration;

/// <summary>One way of running a sweep whose trials only report.</summary>
/// <param name="Trials">Trials of the sweep.</param>
/// <param name="Processes">Processes that share the store; 0 for this one alone.</param>
/// <param name="Clients">Clients in each process; each takes one trial after another.</param>
/// <param name="PointsPerBatch">How many of a trial's values are stored by one command.</param>
/// <param name="Store">Kind of the store.</param>
/// <param name="Engine">Engine of the store; with akka a coordinator, a process more, decides.</param>
internal sealed record OrchestrationCase(
    int Trials,
    int Processes,
    int Clients,
    int PointsPerBatch,
    string Store = StoreKinds.Sqlite,
    StoreEngine Engine = StoreEngine.Sql)
{
    /// <summary>Values that a trial reports.</summary>
    public const int PointsPerTrial = 20;

    /// <inheritdoc/>
    public override string ToString() => Processes == 0
        ? $"{Kind}: 1 process, {Clients} {(Clients == 1 ? "client" : "clients")}"
        : $"{Kind}: {Processes} {(Processes == 1 ? "process" : "processes")} of its own, {Clients} each";

    private string Kind => Engine is StoreEngine.Sql ? Store : $"{Store}, akka";
}

/// <summary>How long each command took, in seconds; only those that were accepted.</summary>
/// <param name="Processor">Processor time of the processes while their clients worked, in seconds.</param>
/// <param name="Claim">Looking at the sweep and claiming a trial.</param>
/// <param name="Store">Storing a batch of values.</param>
/// <param name="Finish">Finishing a trial.</param>
internal sealed record Latencies(
    double Processor, List<double> Claim, List<double> Store, List<double> Finish)
{
    /// <summary>None yet.</summary>
    public static Latencies None => new(0, [], [], []);

    /// <summary>Those of several clients together.</summary>
    public static Latencies Of(IReadOnlyCollection<Latencies> clients) => new(
        clients.Sum(client => client.Processor),
        [.. clients.SelectMany(client => client.Claim)],
        [.. clients.SelectMany(client => client.Store)],
        [.. clients.SelectMany(client => client.Finish)]);
}

/// <summary>What a case came to.</summary>
/// <param name="Case">What was run.</param>
/// <param name="Seconds">From the first claim to the last finish, all durable.</param>
/// <param name="Latencies">Of every command.</param>
internal sealed record OrchestrationResult(OrchestrationCase Case, double Seconds, Latencies Latencies)
{
    /// <summary>Trials finished a second.</summary>
    public double TrialsPerSecond => Case.Trials / Seconds;

    /// <summary>Processor time of a trial, in milliseconds; a busy machine lengthens it least.</summary>
    public double ProcessorMilliseconds => 1e3 * Latencies.Processor / Case.Trials;

    /// <summary>Values stored a second.</summary>
    public double PointsPerSecond => TrialsPerSecond * OrchestrationCase.PointsPerTrial;
}
