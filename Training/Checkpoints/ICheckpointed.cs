namespace Training.Checkpoints;

/// <summary>
/// Something of a trial that outlives an update: a trial that goes on from a checkpoint has it as the trial
/// that wrote the checkpoint had it, bit for bit.
/// </summary>
/// <remarks>
/// What follows from the number of finished updates (the order of data, learning rates, all random numbers,
/// which are addressed by it) is no state and is not stored.
/// </remarks>
public interface ICheckpointed
{
    /// <summary>Name of its section, once a checkpoint.</summary>
    string Section { get; }

    /// <summary>Writes its state.</summary>
    /// <param name="to">The section; what is written is little-endian.</param>
    void Save(BinaryWriter to);

    /// <summary>Replaces its state by one that was saved, and reads exactly what was written.</summary>
    /// <param name="from">The section.</param>
    /// <exception cref="InvalidDataException">The state is of something else.</exception>
    void Load(BinaryReader from);
}
