using System.Collections.Immutable;
using Shared.Data;
using Shared.Experiments;
using Shared.Metrics;

namespace Shared.Sweeps;

/// <summary>Reads everything of a sweep file but its parameters.</summary>
internal static class SweepFileHead
{
    /// <summary>Most characters of a sweep's name: it becomes a folder's.</summary>
    public const int NameLimit = 64;

    /// <summary>Seed of a sweep that names none.</summary>
    public const long DefaultSeed = 1;

    /// <summary>Replicates of a sweep that names none.</summary>
    public const int DefaultReplicates = 1;

    /// <summary>Retries of a sweep that names none.</summary>
    public const int DefaultRetries = 2;

    private const int QuestionLimit = 500;

    /// <summary>How often each configuration is run.</summary>
    public const string ReplicatesKey = "replicates";

    /// <summary>Every key that a file may have.</summary>
    public static readonly ImmutableArray<string> Keys =
    [
        "name", "question", "experiment", "data", "seed", ReplicatesKey, "retries", "metric",
        SweepFileParameters.Key, SweepFileScales.Key, SweepFileSamples.Key,
        SweepFileCheckpoint.Key, SweepFileResources.Key, SweepFileRequirements.Key, SweepFileFrom.Key,
        SweepFileReport.Key,
    ];

    /// <summary>Those that the command line may set.</summary>
    public static readonly ImmutableArray<string> SettableKeys =
        ["name", "question", "data", "seed", ReplicatesKey, "retries"];

    private static readonly ParameterType.Whole Seeds = new(new ParameterRange(long.MinValue, long.MaxValue));
    private static readonly ParameterType.Whole Replicates = new(new ParameterRange(1, 1_000));
    private static readonly ParameterType.Whole Retries = new(new ParameterRange(0, 100));

    /// <summary>What the file says beside its parameters; with gaps where a problem was noted.</summary>
    public static (SweepSpec Spec, ExperimentDeclaration? Experiment) Read(
        SweepFileNode.Map file, ExperimentCatalog catalog, SweepFileFindings findings)
    {
        var section = new SweepFileSection(file, "", new SweepFilePlace(1, 1), findings);
        section.RefuseOthers(Keys);
        var name = section.Text(
            "name", $"lower-case letters, digits and hyphens, at most {NameLimit}, no hyphen first",
            text => Spelling.IsKebab(text) && text.Length <= NameLimit);
        var question = section.Text(
            "question", $"one sentence of at most {QuestionLimit} characters, no control characters",
            text => OneLine(text) is { Length: > 0 and <= QuestionLimit } line && !line.Any(char.IsControl));
        var experiment = catalog.Find(
            section.OneOf("experiment", [.. catalog.Experiments.Select(known => known.Name)]) ?? "");
        var data = SweepFileData.Read(section, experiment, findings);
        var spec = new SweepSpec(
            name ?? "",
            OneLine(question ?? ""),
            experiment?.Name ?? "",
            data,
            section.Whole("seed", DefaultSeed, Seeds),
            (int)section.Whole(ReplicatesKey, DefaultReplicates, Replicates),
            (int)section.Whole("retries", DefaultRetries, Retries),
            ReadMetric(section, experiment, data, findings),
            [])
        {
            Samples = SweepFileSamples.Read(section, experiment, findings),
            Checkpoint = SweepFileCheckpoint.Read(section, findings),
            Resources = SweepFileResources.Read(section, findings),
            Requirements = SweepFileRequirements.Read(section, findings),
            From = SweepFileFrom.Read(section, experiment, findings),
        };
        if (experiment is { IsEvaluation: true } && section.Find(ReplicatesKey) is { } replicates
            && spec.Replicates > DefaultReplicates)
        {
            section.Refuse(replicates, "no replicates: an evaluation has those of the sweep that it follows from");
        }

        spec = spec with { Report = SweepFileReport.Read(section, experiment, spec.Metric.Name, findings) };
        return (spec, experiment);
    }

    // A question may be folded over several lines of the file; it heads the report as one.
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static MetricGoal ReadMetric(
        SweepFileSection file, ExperimentDeclaration? experiment, string? data, SweepFileFindings findings)
    {
        const string Expected = "{name: …, goal: minimize or maximize}";
        var none = new MetricGoal("", Goal.Minimize);
        if (file.Require("metric", Expected) is not { } entry)
        {
            return none;
        }

        if (entry.Value is not SweepFileNode.Map map)
        {
            file.Refuse(entry, Expected);
            return none;
        }

        var section = new SweepFileSection(map, "metric", entry.Place, findings);
        section.RefuseOthers(["name", "goal"]);
        var name = experiment is null
            ? section.Text("name", "the name of a metric", _ => true)
            : section.OneOf("name", ResultsOf(experiment));
        var written = section.OneOf("goal", [.. Enum.GetNames<Goal>().Select(Spelling.Kebab)]);
        var goal = written == "maximize" ? Goal.Maximize : Goal.Minimize;
        var declared = experiment?.Metrics.FirstOrDefault(metric => metric.Name == name);
        if (written is not null && BetterGoal(declared?.Direction) is { } better && better != goal)
        {
            section.Refuse(
                section.Find("goal")!,
                $"{Spelling.Kebab($"{better}")}: "
                + $"{(better is Goal.Minimize ? "small" : "large")} values of {name} are better");
        }

        var isByPath = data is not null && IdxPair.Find(data) is not null;
        if (isByPath && TrainingMetrics.OfFeatures.Contains(declared))
        {
            section.Refuse(
                section.Find("name")!,
                $"another metric: {name} needs a feature network, and data by path have none");
        }

        return new MetricGoal(name ?? "", goal);
    }

    private static Goal? BetterGoal(Direction? direction) => direction switch
    {
        Direction.Lower => Goal.Minimize,
        Direction.Higher => Goal.Maximize,
        _ => null,
    };

    private static List<string> ResultsOf(ExperimentDeclaration experiment) =>
    [
        .. experiment.Metrics.Where(metric => metric.Kind is MetricKind.Result).Select(metric => metric.Name),
    ];
}
