using Shared.Execution;
using Shared.Experiments;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Data;

namespace Training.Experiments;

/// <summary>
/// Trains one trial. One class implements it per experiment and is found by its parameter record.
/// </summary>
/// <typeparam name="TParameters">The experiment's declaration.</typeparam>
public interface IExperiment<TParameters>
    where TParameters : IExperimentParameters<TParameters>, new()
{
    /// <summary>Trains to the end, to divergence or until the trial is told to stop.</summary>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    /// <exception cref="DataSetException">The data set is missing or damaged.</exception>
    TrialEnd Run(TParameters parameters, ITrial trial);
}

/// <summary>What a trial may ask of, and tell to, the slot that runs it.</summary>
public interface ITrial
{
    /// <summary>The images of its data set, read once a process.</summary>
    /// <exception cref="InvalidOperationException">Its sweep names no data set.</exception>
    ImageData Images();

    /// <summary>The images of a data set beside its own, which its sweep names.</summary>
    /// <param name="set">Name of the set.</param>
    /// <exception cref="DataSetException">The set is missing or damaged.</exception>
    ImageData Images(string set) =>
        throw new InvalidOperationException($"the trial reads no data beside its own, and not {set}");

    /// <summary>Pictures that it leaves while it trains; nothing for none.</summary>
    SampleGrids? Samples { get; }

    /// <summary>The checkpoint that it goes on from; nothing for one that begins at its first update.</summary>
    CheckpointSource? From { get; }

    /// <summary>
    /// The stored model of the parent's trial whose weights it begins with, as <see cref="StoredModel"/> wrote
    /// it; nothing for weights drawn anew, or where a checkpoint has them.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are others than those that the parent left.</exception>
    byte[]? ParentModel() => null;

    /// <summary>Whether to leave a checkpoint of an update that has just been finished.</summary>
    /// <param name="update">Number of finished updates; asked once after each update.</param>
    bool IsCheckpointDue(int update);

    /// <summary>Leaves a checkpoint behind, after everything that was reported up to its update.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="write">Writes it to a stream, and says what it wrote.</param>
    void Checkpoint(int update, Func<Stream, CheckpointDigest> write);

    /// <summary>Told to stop: checked at least once an update.</summary>
    CancellationToken Stop { get; }

    /// <summary>Measures elapsed time, for metrics of kind timing only.</summary>
    TimeProvider Clock { get; }

    /// <summary>Key of a random stream of this trial's replicate.</summary>
    ulong StreamKey(StreamPurpose purpose);

    /// <summary>Reports a value.</summary>
    /// <param name="step">Number of finished updates.</param>
    /// <param name="metric">Name of a metric that the experiment declares.</param>
    /// <param name="value">The value.</param>
    void Report(int step, string metric, double value);

    /// <summary>Leaves an artifact behind.</summary>
    void Store(string name, string mediaType, byte[] bytes);
}

/// <summary>How a trial ended.</summary>
public abstract record TrialEnd
{
    private TrialEnd()
    {
    }

    /// <summary>It ran to its end.</summary>
    public sealed record Completed : TrialEnd;

    /// <summary>Its loss or its energies left the finite range.</summary>
    /// <param name="Step">The update at which it was seen.</param>
    /// <param name="Reason">One sentence.</param>
    public sealed record Diverged(int Step, string Reason) : TrialEnd;
}

/// <summary>
/// A data set is missing or damaged; the message is one sentence that names the file and the repair.
/// </summary>
public sealed class DataSetException(string message) : Exception(message);
