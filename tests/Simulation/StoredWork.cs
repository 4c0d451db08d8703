using System.Collections.Immutable;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// What attempts left in the simulated store beside events, and what was acknowledged of it.
/// </summary>
internal sealed class StoredWork(Agenda agenda, Tally tally, Bug bug)
{
    private readonly Dictionary<(AttemptId Attempt, int Number), ImmutableArray<MetricPoint>> _batches = [];
    private readonly HashSet<(AttemptId Attempt, int Number)> _acknowledged = [];
    private readonly HashSet<AttemptId> _pictures = [];
    private readonly HashSet<CheckpointId> _checkpoints = [];
    private readonly HashSet<CheckpointId> _spoiled = [];
    private int _restarts;

    /// <summary>Stores a batch.</summary>
    public void Store(FromSlot.Measured batch)
    {
        batch.Points.Length.ShouldBeInRange(1, SlotStep.PointsPerBatch);
        if (batch.Points.Length == SlotStep.PointsPerBatch)
        {
            tally.Add(Sight.BatchFull);
        }

        if (bug is not Bug.AcknowledgeBeforeCommit)
        {
            Commit(batch);
            return;
        }

        var restarts = _restarts;
        agenda.After(agenda.Between(0, 2), () =>
        {
            if (restarts == _restarts)
            {
                Commit(batch);
            }
        });
    }

    /// <summary>Its sender heard that a batch is stored.</summary>
    public void Acknowledged(FromSlot.Measured batch) => _acknowledged.Add((batch.Attempt, batch.Batch));

    /// <summary>Stores a picture.</summary>
    public void StorePicture(AttemptId attempt) => _pictures.Add(attempt);

    /// <summary>Stores the bytes of a checkpoint.</summary>
    public void Store(CheckpointId checkpoint) => _checkpoints.Add(checkpoint);

    /// <summary>The bytes of a checkpoint are not what its attempt said.</summary>
    public void Spoil(CheckpointId checkpoint) => _spoiled.Add(checkpoint);

    /// <summary>Whether whoever reads a checkpoint finds something else.</summary>
    public bool IsSpoiled(CheckpointId checkpoint) => _spoiled.Contains(checkpoint);

    /// <summary>What was not committed is gone.</summary>
    public void Restart()
    {
        _restarts++;
        var missing = _acknowledged.Where(batch => !_batches.ContainsKey(batch)).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"batch {missing[0]} was acknowledged and is not there");
        }
    }

    /// <summary>Whether an attempt's batches 1 to the last are all there.</summary>
    public bool HasAll(AttemptId attempt, int lastBatch)
    {
        for (var number = 1; number <= lastBatch; number++)
        {
            if (!_batches.ContainsKey((attempt, number)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an attempt's picture is stored.</summary>
    public bool HasPicture(AttemptId attempt) => _pictures.Contains(attempt);

    /// <summary>Whether a checkpoint's bytes are stored.</summary>
    public bool Has(CheckpointId checkpoint) => _checkpoints.Contains(checkpoint);

    /// <summary>
    /// A trial's curve up to an attempt: its own points, and before the checkpoint that it went on from its
    /// parent's, recursively.
    /// </summary>
    public IEnumerable<MetricPoint> CurveOf(TrialState trial, AttemptId last)
    {
        var attempt = trial.Attempts[last.Number - 1];
        return attempt.From is { } from
            ? CurveOf(trial, from.Attempt).TakeWhile(p => p.Step <= from.Update).Concat(PointsOf(last))
            : PointsOf(last);
    }

    private IEnumerable<MetricPoint> PointsOf(AttemptId attempt)
    {
        for (var number = 1; _batches.TryGetValue((attempt, number), out var points); number++)
        {
            foreach (var point in points)
            {
                yield return point;
            }
        }
    }

    private void Commit(FromSlot.Measured batch)
    {
        if (!_batches.TryAdd((batch.Attempt, batch.Batch), batch.Points)
            && !_batches[(batch.Attempt, batch.Batch)].SequenceEqual(batch.Points))
        {
            throw new InvalidOperationException($"batch {batch.Batch} of {batch.Attempt} is stored as two");
        }
    }
}
