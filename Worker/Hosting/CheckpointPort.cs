using System.Security.Cryptography;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>
/// Carries checkpoints between the spool and the store, and models of parents into the spool.
/// </summary>
/// <param name="coordinator">Where they are recorded.</param>
/// <param name="artifacts">Where their bytes are.</param>
/// <param name="spool">Folder of the spool.</param>
/// <param name="clock">Measures how long it takes.</param>
/// <param name="log">Takes one line.</param>
/// <remarks>
/// One file is in memory on its way up and one on its way down, however many slots there are: a checkpoint
/// with a large replay buffer is hundreds of megabytes.
/// </remarks>
internal sealed class CheckpointPort(
    ICoordinator coordinator, IArtifactStore artifacts, string spool, TimeProvider clock, Action<string> log)
{
    /// <summary>Length of the largest checkpoint that is stored, in bytes: 1 GiB.</summary>
    public const long LargestBytes = 1L << 30;

    private readonly SemaphoreSlim _up = new(1);
    private readonly SemaphoreSlim _down = new(1);

    /// <summary>Stores and records a checkpoint, and deletes its file.</summary>
    /// <param name="action">The action.</param>
    /// <param name="command">Of the command that records it.</param>
    /// <exception cref="StoreUnreachableException">Try again.</exception>
    public async Task<WorkerInput> StoreAsync(WorkerAction.StoreCheckpoint action, CommandId command)
    {
        var left = action.Checkpoint;
        await _up.WaitAsync();
        var began = clock.GetTimestamp();   // waiting for another slot's is not what this one's way takes
        try
        {
            // A disk that lies, or a store that takes no file so large, costs a checkpoint, not the attempt.
            if (await PutAsync(left) is { } problem)
            {
                log($"{left.Attempt}: the checkpoint of update {left.Update} is not stored: {problem}");
            }
            else
            {
                await RecordAsync(left, command);
                await RemoveReplacedAsync(left.Attempt);
            }
        }
        finally
        {
            _up.Release();
        }

        File.Delete(left.Path);
        return new WorkerInput.CheckpointStored(action.Slot, left.Attempt, clock.GetElapsedTime(began));
    }

    /// <summary>
    /// Brings the checkpoint that an attempt goes on from, or else the parent's model that it begins with,
    /// into the spool, where it replaces the file of the slot's last attempt.
    /// </summary>
    /// <returns>What the slot is told, or why the file cannot be read, one sentence.</returns>
    /// <exception cref="StoreUnreachableException">Try again.</exception>
    public async Task<(ToSlot.Start? Start, string Problem)> PrepareAsync(WorkerAction.Begin begin)
    {
        var path = Path.Combine(spool, $"slot-{begin.Slot}.from");
        if (begin.From is { } from)
        {
            var problem = await FetchAsync(
                path, from.Attempt, from.FileName, from.Sha256,
                $"the checkpoint of update {from.Update} of attempt {from.Attempt.Number}");
            return problem.Length > 0
                ? (null, problem)
                : (begin.Start with { From = new StartFrom(from.Update, path, from.Sha256) }, "");
        }

        if (begin.Parent is { } parent)
        {
            var problem = await FetchAsync(
                path,
                parent.Attempt,
                parent.Artifact,
                parent.Sha256,
                $"{parent.Artifact} of {parent.Attempt}");
            return problem.Length > 0
                ? (null, problem)
                : (begin.Start with { Parent = new StartParent(path, parent.Sha256) }, "");
        }

        return (begin.Start, "");
    }

    /// <summary>Stores the bytes of a checkpoint.</summary>
    /// <returns>Why that cannot be; nothing when it is done.</returns>
    private async Task<string?> PutAsync(FromSlot.Checkpointed left)
    {
        if (left.Length > LargestBytes)
        {
            return $"it has {left.Length} bytes, and {LargestBytes} are the most";
        }

        var bytes = await File.ReadAllBytesAsync(left.Path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != left.Sha256)
        {
            return "it is not what its slot wrote";
        }

        try
        {
            await artifacts.PutAsync(
                new Artifact(
                    left.Attempt, CheckpointId.FileNameOf(left.Update), CheckpointId.MediaType, bytes),
                CancellationToken.None);
            return null;
        }
        catch (StoreUnusableException refused)
        {
            return refused.Message;
        }
    }

    private async Task RecordAsync(FromSlot.Checkpointed left, CommandId command)
    {
        var decision = await coordinator.SendAsync(
            left.Attempt.Sweep,
            new SweepCommand.RecordCheckpoint(
                command, clock.GetUtcNow(), left.Attempt, left.Update, left.Sha256, left.LastBatch),
            CancellationToken.None);
        if (decision is Decision.Rejected { Reason: var reason })
        {
            log($"{left.Attempt}: the checkpoint of update {left.Update} is refused: {reason}");
        }
    }

    /// <summary>Writes an artifact to a file, or says why it cannot be read.</summary>
    private async Task<string> FetchAsync(
        string path, AttemptId attempt, string artifact, string sha256, string name)
    {
        await _down.WaitAsync();
        try
        {
            return await FetchAloneAsync(path, attempt, artifact, sha256, name);
        }
        finally
        {
            _down.Release();
        }
    }

    private async Task<string> FetchAloneAsync(
        string path, AttemptId attempt, string artifact, string sha256, string name)
    {
        byte[]? bytes;
        try
        {
            bytes = await artifacts.ReadAsync(attempt, artifact, CancellationToken.None);
        }
        catch (StoreUnusableException damaged)
        {
            return $"{name} cannot be read: {damaged.Message}";
        }

        if (bytes is null)
        {
            return $"{name} is not in the store";
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256)
        {
            return $"{name} is not what was recorded";
        }

        await File.WriteAllBytesAsync(path, bytes);
        return "";
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
