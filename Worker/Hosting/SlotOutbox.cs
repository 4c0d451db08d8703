using System.Collections.Immutable;
using Shared.Metrics;

namespace Worker.Hosting;

/// <summary>
/// The metric batches of a slot that wait for the store. When they hold too many points the slot's pipe is
/// not read on, so that it fills and training waits.
/// </summary>
public sealed class SlotOutbox
{
    /// <summary>Points that may wait before the slot does: about 4 MB.</summary>
    public const int PointLimit = 100_000;

    /// <summary>Batches that go to the store in one call at most.</summary>
    public const int BatchesPerCall = 64;

    private readonly Lock _lock = new();
    private readonly Queue<MetricBatch> _waiting = new();
    private TaskCompletionSource? _room;
    private int _points;
    private bool _isEmptying;

    /// <summary>Adds a batch.</summary>
    /// <returns>Whether somebody has to begin to empty it.</returns>
    public bool Add(MetricBatch batch)
    {
        lock (_lock)
        {
            _waiting.Enqueue(batch);
            _points += batch.Points.Length;
            if (_points >= PointLimit)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            var isFirst = !_isEmptying;
            _isEmptying = true;
            return isFirst;
        }
    }

    /// <summary>Gives everything to the store, as many batches in a call as may.</summary>
    /// <param name="store">Stores batches; done when they are durable.</param>
    public async Task EmptyAsync(Func<ImmutableArray<MetricBatch>, Task> store)
    {
        while (Next() is { IsEmpty: false } batches)
        {
            await store(batches);
            Forget(batches.Sum(batch => batch.Points.Length));
        }
    }

    /// <summary>Done when more may be read from the slot.</summary>
    public Task RoomAsync()
    {
        lock (_lock)
        {
            return _room?.Task ?? Task.CompletedTask;
        }
    }

    private ImmutableArray<MetricBatch> Next()
    {
        lock (_lock)
        {
            var next = ImmutableArray.CreateBuilder<MetricBatch>();
            while (next.Count < BatchesPerCall && _waiting.TryDequeue(out var batch))
            {
                next.Add(batch);
            }

            _isEmptying = next.Count > 0;
            return next.ToImmutable();
        }
    }

    private void Forget(int points)
    {
        lock (_lock)
        {
            _points -= points;
            if (_points < PointLimit)
            {
                _room?.SetResult();
                _room = null;
            }
        }
    }
}
