using Training.Randomness;

namespace Training.Initialisation;

/// <summary>Which slots of a replay buffer are drawn, and where results go.</summary>
/// <remarks>Pure: what it decides follows from its arguments.</remarks>
internal interface IWriteBack
{
    /// <summary>How many slots hold noise before the first draw.</summary>
    /// <param name="capacity">Number of slots.</param>
    /// <param name="batch">Number of chains of an update.</param>
    int HeldAtFirst(int capacity, int batch);

    /// <summary>The slot of each chain, from 0 to held − 1.</summary>
    /// <param name="held">Slots that hold a state, at least one.</param>
    /// <param name="batch">Number of chains.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="update">From 1.</param>
    int[] Draw(int held, int batch, RandomStream stream, uint update);

    /// <summary>Where each result goes; nothing where it is not kept.</summary>
    /// <param name="drawn">What was drawn for these chains; empty when nothing was held.</param>
    /// <param name="batch">Number of chains.</param>
    /// <param name="fill">How full the buffer is.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="update">From 1.</param>
    int?[] Places(ReadOnlySpan<int> drawn, int batch, BufferFill fill, RandomStream stream, uint update);
}
