using System.Security.Cryptography;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>Carries checkpoints between the spool and the store.</summary>
/// <param name="coordinator">Where they are recorded.</param>
/// <param name="artifacts">Where their bytes are.</param>
/// <param name="spool">Folder of the spool.</param>
/// <param name="clock">Measures how long it takes.</param>
/// <param name="log">Takes one line.</param>
internal sealed class CheckpointPort(
    ICoordinator coordinator, IArtifactStore artifacts, string spool, TimeProvider clock, Action<string> log)
{
    /// <summary>Stores and records a checkpoint, and deletes its file.</summary>
    /// <param name="action">The action.</param>
    /// <param name="command">Of the command that records it.</param>
    /// <exception cref="StoreUnreachableException">Try again.</exception>
    public async Task<WorkerInput> StoreAsync(WorkerAction.StoreCheckpoint action, CommandId command)
    {
        var left = action.Checkpoint;
        var began = clock.GetTimestamp();
        var bytes = await File.ReadAllBytesAsync(left.Path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == left.Sha256)
        {
            await artifacts.PutAsync(
                new Artifact(
                    left.Attempt, CheckpointId.FileNameOf(left.Update), CheckpointId.MediaType, bytes),
                CancellationToken.None);
            var decision = await coordinator.SendAsync(
                left.Attempt.Sweep,
                new SweepCommand.RecordCheckpoint(
                    command, clock.GetUtcNow(), left.Attempt, left.Update, left.Sha256, left.LastBatch),
                CancellationToken.None);
            if (decision is Decision.Rejected { Reason: var reason })
            {
                log($"{left.Attempt}: the checkpoint of update {left.Update} is refused: {reason}");
            }

            await RemoveReplacedAsync(left.Attempt);
        }
        else
        {
            // A disk that lies costs a checkpoint, not the attempt.
            log($"{left.Attempt}: the checkpoint of update {left.Update} is not what its slot wrote");
        }

        File.Delete(left.Path);
        return new WorkerInput.CheckpointStored(action.Slot, left.Attempt, clock.GetElapsedTime(began));
    }

    /// <summary>Brings a stored checkpoint into the spool.</summary>
    /// <param name="slot">The slot that goes on from it; its file replaces the one of its last attempt.</param>
    /// <param name="from">The checkpoint.</param>
    /// <returns>Where it is, or why it cannot be read, one sentence.</returns>
    /// <exception cref="StoreUnreachableException">Try again.</exception>
    public async Task<(StartFrom? From, string Problem)> FetchAsync(int slot, CheckpointId from)
    {
        var name = $"the checkpoint of update {from.Update} of attempt {from.Attempt.Number}";
        byte[]? bytes;
        try
        {
            bytes = await artifacts.ReadAsync(from.Attempt, from.FileName, CancellationToken.None);
        }
        catch (StoreUnusableException damaged)
        {
            return (null, $"{name} cannot be read: {damaged.Message}");
        }

        if (bytes is null)
        {
            return (null, $"{name} is not in the store");
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != from.Sha256)
        {
            return (null, $"{name} is not what was recorded");
        }

        var path = Path.Combine(spool, $"slot-{slot}.from");
        await File.WriteAllBytesAsync(path, bytes);
        return (new StartFrom(from.Update, path, from.Sha256), "");
    }

    private async Task RemoveReplacedAsync(AttemptId attempt)
    {
        var entries = await artifacts.ListAsync(attempt.Sweep, CancellationToken.None);
        var ofTrial = entries.Where(entry => entry.Attempt.Trial == attempt.Trial);
        if (await coordinator.ReadAsync(attempt.Sweep, CancellationToken.None) is { } state)
        {
            foreach (var replaced in Retention.Superfluous(state, ofTrial))
            {
                await artifacts.RemoveAsync(replaced.Attempt, replaced.Name, CancellationToken.None);
            }
        }
    }
}
