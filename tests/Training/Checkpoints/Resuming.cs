using System.Collections.Immutable;
using System.Security.Cryptography;
using Shared.Execution;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Experiments;
using Worker.Verifying;

namespace Tests.Training.Checkpoints;

/// <summary>Trials that are trained straight through, and again from a checkpoint on the way.</summary>
internal sealed class Resuming(string experiment, string settings)
{
    private static readonly SampleGrids Pictures = new(Every: 9, GridUnit.Updates, Count: 2, Columns: 2);

    private readonly ExperimentDeclaration _declaration = ExperimentCatalog.Default.Find(experiment)!;

    /// <summary>Seed of the sweep.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The purpose whose stream is another one; nothing for none.</summary>
    public StreamPurpose? Strange { get; init; }

    /// <summary>Trains straight through and leaves checkpoints on the way.</summary>
    public (RecordingTrial Trial, TrialRecord Record) Straight(params int[] checkpoints)
    {
        var trial = New(from: null, checkpoints.Contains);
        return (trial, Run(trial));
    }

    /// <summary>Trains from a checkpoint to the end.</summary>
    public (RecordingTrial Trial, TrialRecord Record) From(int update, byte[] checkpoint)
    {
        var trial = New(Source(update, checkpoint), _ => false);
        return (trial, Run(trial));
    }

    /// <summary>
    /// What differs when a trial whose straight record is known goes on from one of its checkpoints.
    /// </summary>
    public TrialComparison Compare(
        (RecordingTrial Trial, TrialRecord Record) straight, int update, byte[] checkpoint) =>
        TrialComparison.Of(
            straight.Record,
            straight.Record.ContinuedBy(update, From(update, checkpoint).Record),
            _declaration.Metrics);

    /// <summary>A checkpoint as a trial is given it.</summary>
    public static CheckpointSource Source(int update, byte[] checkpoint) => new(
        update,
        Convert.ToHexStringLower(SHA256.HashData(checkpoint)),
        () => new MemoryStream(checkpoint, writable: false));

    /// <summary>
    /// A checkpoint with one section of an earlier one: as if that state alone had not been restored.
    /// </summary>
    public static byte[] WithStale(byte[] checkpoint, byte[] earlier, string section)
    {
        using var now = CheckpointReading.Open(new MemoryStream(checkpoint));
        using var before = CheckpointReading.Open(new MemoryStream(earlier));
        using var file = new MemoryStream();
        CheckpointWriting.Write(file, now.Head, now.Sections.ToList().Select(name =>
            (name, (Action<BinaryWriter>)(to => to.Write((name == section ? before : now).BytesOf(name))))));
        return file.ToArray();
    }

    private RecordingTrial New(CheckpointSource? from, Func<int, bool> isDue) =>
        new(Seed, data: _declaration.DataSets.IsEmpty ? null : "fashion-mnist")
        {
            From = from,
            IsDue = isDue,
            Strange = Strange,
            Samples = _declaration.DataSets.IsEmpty ? null : Pictures,
        };

    private TrialRecord Run(RecordingTrial trial)
    {
        var values = Configuration.ParametersOf(Json(settings));
        var end = ExperimentRunner.Default.Run(experiment, values, trial);
        return new TrialRecord(
            end.ToString(),
            [.. trial.Points],
            trial.Artifacts.ToImmutableSortedDictionary(
                left => left.Key, left => Convert.ToHexStringLower(SHA256.HashData(left.Value))));
    }

    private static string Json(string settings) => "{" + string.Join(',', settings
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(setting => setting.Split('=', 2))
        .Select(setting => $"\"{setting[0]}\":{setting[1]}")) + "}";
}
