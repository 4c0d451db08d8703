using Training.Experiments;

namespace Training.Checkpoints;

/// <summary>Everything of a trial that outlives an update.</summary>
/// <param name="trial">The trial.</param>
/// <param name="parameters">The experiment's record.</param>
/// <param name="parts">What outlives an update, each with a section of its own.</param>
public sealed class TrialState(ITrial trial, object parameters, IEnumerable<ICheckpointed> parts)
{
    private readonly ICheckpointed[] _parts = [new StreamKeys(trial), .. parts];

    /// <summary>Takes up the checkpoint that the trial goes on from, where there is one.</summary>
    /// <returns>The number of finished updates: the checkpoint's, or 0.</returns>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is damaged or of another trial; the trial must not go on with what was read of it.
    /// </exception>
    public int Begin()
    {
        if (trial.From is not { } from)
        {
            return 0;
        }

        using var file = CheckpointReading.Open(from.Open(), from.Sha256);
        CheckpointHead.Of(parameters, from.Update).Require(file.Head);
        var strange = file.Sections.Except(_parts.Select(part => part.Section)).FirstOrDefault();
        if (strange is not null)
        {
            throw new InvalidDataException(
                $"the checkpoint has a section '{strange}', and the trial has nothing of that name");
        }

        foreach (var part in _parts)
        {
            file.Read(part.Section, part.Load);
        }

        return from.Update;
    }

    /// <summary>Leaves a checkpoint where one is due, and stops where the trial is told to.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    public void AfterUpdate(int update)
    {
        if (trial.IsCheckpointDue(update))
        {
            trial.Checkpoint(update, to => Save(update, to));
        }

        trial.Stop.ThrowIfCancellationRequested();
    }

    private CheckpointDigest Save(int update, Stream to) => CheckpointWriting.Write(
        to,
        CheckpointHead.Of(parameters, update),
        _parts.Select(part => (part.Section, (Action<BinaryWriter>)part.Save)));
}
