using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Shared.Engine;
using Shared.Metrics;
using Shared.Reports;
using Shared.Search;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>
/// Writes the history of a sweep, event by event, as the tests need it; nothing in it is drawn or timed.
/// </summary>
internal sealed class RecordedSweep
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly List<SweepEvent> _history = [];
    private readonly List<MetricBatch> _batches = [];
    private readonly List<ReportArtifact> _artifacts = [];
    private readonly Dictionary<int, int> _attempts = [];
    private readonly SweepPlan _plan;
    private int _minutes;

    public RecordedSweep(SweepPlan plan, string name = "quickstart")
    {
        _plan = plan;
        Name = name;
        _history.Add(new SweepEvent.SweepSubmitted(Command(), Now(), name, plan, "5f0c3a9b"));
    }

    public string Name { get; }

    /// <summary>Name of the worker on which the next attempts start.</summary>
    public string Worker { get; set; } = "box-1";

    public string Device { get; set; } = "Intel Xeon 6980P";

    /// <summary>A grid over parameters, each with its values as JSON.</summary>
    public static SweepPlan Plan(
        int replicates,
        (string Name, string[] Values)[] swept,
        (string Name, string Value)[]? fixedOnes = null,
        MetricGoal? metric = null,
        string question = "Does a replay buffer train more steadily than noise?")
    {
        IEnumerable<ImmutableArray<KeyValuePair<string, ParameterValue>>> grid = [[]];
        foreach (var (name, values) in swept)
        {
            grid = [.. grid.SelectMany(g => values.Select(
                v => g.Add(KeyValuePair.Create(name, new ParameterValue(v)))))];
        }

        var rest = (fixedOnes ?? [])
            .Select(f => KeyValuePair.Create(f.Name, new ParameterValue(f.Value))).ToArray();
        return Plan(replicates, [.. swept.Select(s => s.Name)],
            [.. grid.Select(g => Configuration.Of(g, [.. g, .. rest]))], metric, question);
    }

    /// <summary>A plan of given configurations.</summary>
    public static SweepPlan Plan(
        int replicates,
        ImmutableArray<string> swept,
        ImmutableArray<Configuration> configurations,
        MetricGoal? metric = null,
        string question = "Does a replay buffer train more steadily than noise?") => new(
            "{}",
            question,
            "two-head",
            "fashion-mnist",
            1,
            2,
            metric ?? new MetricGoal("fid_clf", Goal.Minimize),
            swept,
            ["initialisation.buffer_size"],
            configurations,
            [.. configurations.SelectMany((c, i) => Enumerable.Range(1, replicates).Select(
                r => new PlannedTrial((i * replicates) + r, c.Id, r)))]);

    /// <summary>The artifact that a trial waited for is there.</summary>
    public RecordedSweep Release(int trial, ParentArtifact parent)
    {
        _history.Add(new SweepEvent.TrialReleased(Command(), Now(), trial, parent));
        return this;
    }

    /// <summary>Fails a trial whose parent ended without its artifact.</summary>
    public RecordedSweep FailWaiting(int trial, string cause)
    {
        _history.Add(new SweepEvent.TrialEnded(Command(), Now(), trial, Outcome.Failed)
        {
            Cause = cause,
        });
        return this;
    }

    /// <summary>Starts the next attempt at a trial.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="from">The checkpoint that it goes on from; nothing for update 0.</param>
    public AttemptId Claim(int trial, CheckpointId? from = null)
    {
        var number = _attempts.GetValueOrDefault(trial) + 1;
        _attempts[trial] = number;
        var attempt = new AttemptId(Name, trial, number);
        _history.Add(new SweepEvent.AttemptStarted(
            Command(), Now(), attempt, new AttemptPlace(Worker, 1 + (trial % 2), 4000 + _history.Count),
            new AttemptEnvironment(
                Device, "libtorch-cpu",
                ImmutableSortedDictionary<string, string>.Empty.Add("libtorch", "2.9.1"), "5f0c3a9b"))
        {
            From = from,
        });
        return attempt;
    }

    /// <summary>Stores a checkpoint of an attempt.</summary>
    public CheckpointId Checkpoint(AttemptId attempt, int update)
    {
        var checkpoint = new CheckpointId(attempt, update, $"{update:x8}");
        _history.Add(new SweepEvent.AttemptCheckpointed(
            Command(), Now(), attempt, update, checkpoint.Sha256));
        Store(attempt, checkpoint.FileName, [1, 2, 3], CheckpointId.MediaType);
        return checkpoint;
    }

    /// <summary>Stores points of an attempt as one batch.</summary>
    public RecordedSweep Measure(AttemptId attempt, params (int Step, string Metric, double Value)[] points)
    {
        var number = 1 + _batches.Count(b => b.Attempt == attempt);
        _batches.Add(new MetricBatch(
            attempt, number, [.. points.Select(p => new MetricPoint(p.Step, p.Metric, p.Value))]));
        return this;
    }

    /// <summary>Batches of an attempt that are stored and cannot be read.</summary>
    public RecordedSweep Damage(AttemptId attempt, int batches)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var number = 1 + _batches.Count(b => b.Attempt == attempt);
            _batches.Add(new MetricBatch(attempt, number, []) { Damage = "its length is wrong" });
        }

        return this;
    }

    public RecordedSweep Store(AttemptId attempt, string name, byte[] bytes, string mediaType = "image/png")
    {
        var entry = new ArtifactEntry(
            attempt, name, mediaType, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
        _artifacts.Add(new ReportArtifact(entry, [.. bytes]));
        return this;
    }

    /// <summary>Ends an attempt as its trial's end: completed, diverged, or failed for good.</summary>
    public RecordedSweep End(AttemptId attempt, Outcome outcome, string reason = "", string log = "")
    {
        var how = outcome switch
        {
            Outcome.Completed => AttemptOutcome.Completed,
            Outcome.Diverged => AttemptOutcome.Diverged,
            _ => AttemptOutcome.Failed,
        };
        var last = _batches.Count(b => b.Attempt == attempt);
        _history.Add(new SweepEvent.AttemptFinished(Command(), Now(), attempt, how, reason, log, last));
        _history.Add(new SweepEvent.TrialEnded(Command(), Now(), attempt.Trial, outcome));
        if (_history.OfType<SweepEvent.TrialEnded>().Count() == _plan.Trials.Length)
        {
            _history.Add(new SweepEvent.SweepCompleted(Command(), Now()));
        }

        return this;
    }

    public RecordedSweep Lose(AttemptId attempt, string reason, string log = "")
    {
        _history.Add(new SweepEvent.AttemptLost(Command(), Now(), attempt, reason, log));
        return this;
    }

    /// <summary>Fails an attempt whose trial is tried again.</summary>
    public RecordedSweep FailOnce(AttemptId attempt, string reason, string log)
    {
        _history.Add(
            new SweepEvent.AttemptFinished(Command(), Now(), attempt, AttemptOutcome.Failed, reason, log, 0));
        return this;
    }

    /// <summary>Claims a trial, measures its last values and completes it.</summary>
    public RecordedSweep Complete(int trial, params (string Metric, double Value)[] values)
    {
        var attempt = Claim(trial);
        return Measure(attempt, [.. values.Select(v => (300, v.Metric, v.Value))])
            .End(attempt, Outcome.Completed);
    }

    public ReportSource Source(IReadOnlyList<MetricDeclaration>? metrics = null) => new(
        Sweep.Fold(_history), [.. _batches], [.. _artifacts],
        metrics ?? global::Shared.Experiments.TwoHeadParameters.Metrics);

    public ReportModel Model(IReadOnlyList<MetricDeclaration>? metrics = null) =>
        ReportModel.Build(Source(metrics));

    /// <summary>The text of one file of the report.</summary>
    public string Render(string file, IReadOnlyList<MetricDeclaration>? metrics = null) =>
        System.Text.Encoding.UTF8.GetString(
            [.. Report.Render(Model(metrics)).Single(f => f.Name == file).Bytes]);

    private CommandId Command() => new(new Guid(_history.Count, 0, 0, new byte[8]));

    private DateTimeOffset Now() => Start.AddMinutes(_minutes++);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {_history.Count} events");
}
