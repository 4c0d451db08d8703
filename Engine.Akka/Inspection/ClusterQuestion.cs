using System.Collections.Immutable;
using System.Globalization;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Akka.Inspection;

/// <summary>
/// What a person at a cluster can ask in two words; pbm and <c>./sweep cluster</c> give the same answers.
/// </summary>
/// <param name="Subject">The first word.</param>
/// <param name="Verb">The second word.</param>
/// <param name="Description">What it does, one sentence.</param>
/// <param name="Arguments">Names of what follows, all needed.</param>
/// <param name="Answer">Gives the lines of the answer.</param>
public sealed record ClusterQuestion(
    string Subject,
    string Verb,
    string Description,
    ImmutableArray<string> Arguments,
    Func<IStore, IReadOnlyList<string>, Task<IEnumerable<string>>> Answer)
{
    private const string Sweep = "sweep";
    private const string Trial = "trial";

    /// <summary>Every question.</summary>
    public static ImmutableArray<ClusterQuestion> All { get; } =
    [
        new("sweeps", "list", "The sweeps of the store", [], async (engine, _) =>
            (await SweepsAsync(engine)).DefaultIfEmpty("the store holds no sweep yet")),
        new("sweeps", "show", "Where a sweep stands", [Sweep], ShowAsync),
        new("workers", "list", "The workers that live", [], async (engine, _) =>
            (await WorkersAsync(engine)).DefaultIfEmpty("no worker lives")),
        new("trial", "show", "The attempts of a trial", [Sweep, Trial], TrialAsync),
        new(Sweep, "pause", "Let no more trials start", [Sweep], SendAsync(
            (id, at) => new SweepCommand.PauseSweep(id, at, Now: false))),
        new(Sweep, "resume", "Let trials start again", [Sweep], SendAsync(
            (id, at) => new SweepCommand.ResumeSweep(id, at))),
        new(Sweep, "cancel", "End a sweep for good", [Sweep], SendAsync(
            (id, at) => new SweepCommand.CancelSweep(id, at))),
    ];

    /// <summary>Answers, and says in one line what was asked wrongly.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="arguments">As many as the question has.</param>
    /// <returns>Whether it was answered, and the lines.</returns>
    /// <exception cref="StoreUnreachableException">The store or the coordinator does not answer.</exception>
    /// <exception cref="StoreUnusableException">The store cannot be used.</exception>
    public async Task<(bool IsAnswered, IEnumerable<string> Lines)> AskAsync(
        IStore engine, IReadOnlyList<string> arguments)
    {
        try
        {
            return (true, await Answer(engine, arguments));
        }
        catch (ArgumentException refusal)
        {
            return (false, [refusal.Message.Split(" (Parameter")[0]]);
        }
    }

    private static async Task<IEnumerable<string>> SweepsAsync(IStore engine) =>
        (await engine.ListAsync(CancellationToken.None)).Select(sweep => string.Create(
                CultureInfo.InvariantCulture,
            $"{sweep.Name} ({sweep.Experiment}): {Standing(sweep)}, {Counted(sweep.Trials, "trial")}, "
            + $"{sweep.Waiting} waiting, {sweep.Running} running"));

    private static async Task<IEnumerable<string>> ShowAsync(IStore engine, IReadOnlyList<string> arguments)
    {
        var state = await StateAsync(engine, arguments[0]);
        return
        [
            .. (await SweepsAsync(engine)).Where(line => IsOf(line, state.Name)),
            .. state.Trials.Select(trial => string.Create(
                CultureInfo.InvariantCulture,
                $"trial {trial.Number}: {Standing(state, trial)}, {Counted(trial.Attempts.Length, "attempt")}")),
        ];
    }

    private static async Task<IEnumerable<string>> WorkersAsync(IStore engine) =>
        (await engine.WorkersAsync(CancellationToken.None))
            .Where(worker => worker.IsLive)
            .Select(worker => worker.Report is { } report
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{worker.Worker} on {report.Box}: {Counted(report.Slots.Length, "slot")}, "
                    + $"{report.Slots.Count(slot => slot.Attempt is not null)} running, last seen {worker.LastSeen:u}")
                : $"{worker.Worker}: what it says of itself cannot be read");

    private static async Task<IEnumerable<string>> TrialAsync(IStore engine, IReadOnlyList<string> arguments)
    {
        var state = await StateAsync(engine, arguments[0]);
        if (!int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > state.Trials.Length)
        {
            throw new ArgumentException(
                $"{state.Name} has no trial {arguments[1]}, it has 1 to {state.Trials.Length}", nameof(arguments));
        }

        var trial = state.Trial(number);
        return trial.Attempts
            .Select(attempt => string.Create(
                CultureInfo.InvariantCulture,
                $"attempt {attempt.Id.Number}: {attempt.Outcome?.ToString().ToLowerInvariant() ?? "running"} on slot "
                + $"{attempt.Place.Slot} of {attempt.Place.Worker} since {attempt.StartedAt:u} {attempt.Reason}").TrimEnd())
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"trial {number} of {state.Name}: {Standing(state, trial)}"));
    }

    private static Func<IStore, IReadOnlyList<string>, Task<IEnumerable<string>>> SendAsync(
        Func<CommandId, DateTimeOffset, SweepCommand> command) => async (engine, arguments) =>
        {
            var state = await StateAsync(engine, arguments[0]);
            var decision = await engine.SendAsync(
                state.Name, command(new CommandId(Guid.NewGuid()), default), CancellationToken.None);
            return decision is Decision.Rejected rejected
                ? throw new ArgumentException($"{state.Name}: refused, {rejected.Reason}", nameof(arguments))
                : (await SweepsAsync(engine)).Where(line => IsOf(line, state.Name));
        };

    private static async Task<SweepState> StateAsync(IStore engine, string sweep) =>
        await engine.ReadAsync(sweep, CancellationToken.None)
            ?? throw new ArgumentException($"there is no sweep {sweep}", nameof(sweep));

    private static string Standing(SweepSummary sweep) => sweep switch
    {
        { IsCancelled: true } => "cancelled",
        { IsCompleted: true } => "completed",
        { IsPaused: true } => "paused",
        _ => "unfinished",
    };

    private static string Standing(SweepState state, TrialState trial) =>
        trial.Outcome?.ToString().ToLowerInvariant()
        ?? (state.Running.ContainsKey(trial.Number) ? "running" : "waiting");

    private static string Counted(int number, string what) => string.Create(
        CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static bool IsOf(string line, string sweep) =>
        line.StartsWith(sweep + " (", StringComparison.Ordinal);
}
