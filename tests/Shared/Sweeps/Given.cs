using System.Collections.Immutable;
using Shared;
using Shared.Metrics;
using Shared.Search;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>
/// Sweeps, commands and events for tests; ids and times are numbered, so that every run has the same.
/// </summary>
internal static class Given
{
    public const string Program = "program-1";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static CommandId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);

    public static AttemptId Attempt(int trial, int number = 1, string sweep = "demo") =>
        new(sweep, trial, number);

    public static AttemptPlace Place(string worker, int slot = 1) => new(worker, slot, 4_000 + slot);

    public static AttemptEnvironment Environment(string program = Program) => new(
        "Fake CPU",
        "fake-kernel",
        ImmutableSortedDictionary<string, string>.Empty.Add("libtorch", "1.13.1").Add("onednn", "2.7"),
        program);

    /// <summary>A plan with two replicates a configuration, its step sizes 1, 2, 3 …</summary>
    public static SweepPlan Plan(int trials, int retries = 0, int seed = 1)
    {
        var configurations = Enumerable.Range(1, (trials + 1) / 2)
            .Select(step => Configuration.Of(
                [KeyValuePair.Create("sampler.step_size", new ParameterValue($"{step}"))],
                [
                    KeyValuePair.Create("sampler.step_size", new ParameterValue($"{step}")),
                    KeyValuePair.Create("initialisation.start", new ParameterValue("\"noise\"")),
                ]))
            .ToImmutableArray();
        return new SweepPlan(
            CanonicalJson.Of($$$"""{"name":"demo","seed":{{{seed}}},"parameters":{"sampler.steps":20}}"""),
            "Does it work?",
            "toy",
            null,
            seed,
            retries,
            new MetricGoal("kl", Goal.Minimize),
            ["sampler.step_size"],
            [],
            configurations,
            [
                .. Enumerable.Range(1, trials).Select(
                    n => new PlannedTrial(n, configurations[(n - 1) / 2].Id, ((n - 1) % 2) + 1)),
            ]);
    }

    public static SweepEvent.SweepSubmitted Submitted(int trials, int retries = 0) =>
        new(Id(1), At(0), "demo", Plan(trials, retries), Program);

    public static SweepState Sweep(int trials, int retries = 0) =>
        global::Shared.Sweeps.Sweep.Fold([Submitted(trials, retries)]);

    public static SweepCommand.ClaimTrials Claim(int id, string worker = "w1", string program = Program) =>
        new(Id(id), At(id), [Place(worker)], Environment(program), Offer: null);

    public static SweepCommand.FinishAttempt Finish(
        int id, AttemptId attempt, AttemptOutcome outcome = AttemptOutcome.Completed, int lastBatch = 0) =>
        new(
            Id(id),
            At(id),
            attempt,
            outcome,
            outcome is AttemptOutcome.Completed ? "" : "it went wrong",
            outcome is AttemptOutcome.Failed ? "last line" : "",
            lastBatch);

    public static SweepCommand.LoseAttempt Lose(int id, AttemptId attempt) =>
        new(Id(id), At(id), attempt, "the slot was killed by signal 9", "");

    /// <summary>A failure before the first update.</summary>
    public static SweepCommand.FinishAttempt FalseStart(int id, AttemptId attempt) =>
        Finish(id, attempt, AttemptOutcome.Failed) with { Updates = 0 };

    public static SweepCommand.RecordCheckpoint Checkpoint(
        int id, AttemptId attempt, int update, int lastBatch = 0) =>
        new(Id(id), At(id), attempt, update, $"{update:x4}", lastBatch);

    /// <summary>An addition of trials, each with a configuration and replicate of its own.</summary>
    public static SweepAddition Addition(int first, int last)
    {
        var plan = Plan(last);
        return new SweepAddition(
            plan.Spec,
            plan.Swept,
            [.. plan.Configurations.Skip(first / 2)],
            [.. plan.Trials.Skip(first - 1)]);
    }

    public static SweepCommand.HandBackAttempt HandBack(int id, AttemptId attempt) =>
        new(Id(id), At(id), attempt);

    public static MetricBatch Batch(AttemptId attempt, int number, double value = 0.5) =>
        new(
            attempt,
            number,
            [new MetricPoint(number * 10, "loss", value), new MetricPoint(number * 10, "gap", -value)]);
}
