using System.Collections.Immutable;
using Shared.Execution;
using Shared.Metrics;
using Worker.Hosting;

namespace Worker.Verifying;

/// <summary>One attempt in a slot's process of its own.</summary>
/// <param name="spool">Folder for what the slot leaves; checkpoints stay there.</param>
/// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
internal sealed class AttemptRun(string spool, string? data)
{
    private readonly List<MetricPoint> _points = [];
    private readonly Dictionary<string, string> _artifacts = new(StringComparer.Ordinal);
    private FromSlot.Checkpointed? _checkpoint;
    private FromSlot.Ended? _ended;

    /// <summary>Its newest checkpoint; nothing before the first.</summary>
    public FromSlot.Checkpointed? Checkpoint => _checkpoint;

    /// <summary>How it ended, as its slot said; nothing when it was killed before.</summary>
    public FromSlot.Ended? Ended => _ended;

    /// <summary>What it left.</summary>
    public TrialRecord Record => new(
        _ended is null ? "killed" : $"{_ended.Outcome}: {_ended.Reason}",
        [.. _points],
        _artifacts.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>Runs the attempt to its end.</summary>
    /// <param name="start">The attempt.</param>
    /// <param name="isKilled">Whether the process is killed as soon as it has left a checkpoint.</param>
    /// <param name="stop">Kills the process whenever it is.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    /// <exception cref="VerificationException">The process ended and said nothing of it.</exception>
    public async Task RunAsync(ToSlot.Start start, bool isKilled, CancellationToken stop)
    {
        using var slot = SlotProcess.Start(spool, data, []);
        await using var stopping = stop.Register(slot.Kill);
        await foreach (var message in slot.ListenAsync())
        {
            Take(message);
            if (message is FromSlot.Ready)
            {
                await slot.TellAsync(start);
            }
            else if (message is FromSlot.Ended || (isKilled && message is FromSlot.Checkpointed))
            {
                slot.Kill();   // what it had said by then is still read
            }
        }

        var reason = await slot.EndAsync();
        stop.ThrowIfCancellationRequested();
        if (_ended is null && !(isKilled && _checkpoint is not null))
        {
            var last = slot.Log.Split('\n').LastOrDefault(line => line.Length > 0);
            throw new VerificationException(last ?? reason);
        }
    }

    private void Take(FromSlot message)
    {
        switch (message)
        {
            case FromSlot.Measured measured:
                _points.AddRange(measured.Points);
                break;
            case FromSlot.Produced produced:
                _artifacts[produced.Name] = produced.Sha256;
                File.Delete(produced.Path);
                break;
            case FromSlot.Checkpointed left:
                if (_checkpoint is { } earlier)
                {
                    File.Delete(earlier.Path);
                }

                _checkpoint = left;
                break;
            case FromSlot.Ended ended:
                _ended = ended;
                break;
        }
    }
}

/// <summary>What was to be verified did not come to its end; the message is one sentence.</summary>
public sealed class VerificationException(string message) : Exception(message);
