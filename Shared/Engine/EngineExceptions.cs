namespace Shared.Engine;

/// <summary>A store cannot be used; the message is one sentence that says why and what to do.</summary>
public class StoreUnusableException(string message) : Exception(message);

/// <summary>
/// The history of one sweep cannot be read, which costs that sweep and no other; the message is one sentence that
/// says why and what to do.
/// </summary>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="message">The sentence.</param>
public sealed class SweepUnreadableException(string sweep, string message) : StoreUnusableException(message)
{
    /// <summary>Name of the sweep.</summary>
    public string Sweep => sweep;
}

/// <summary>A worker of that name lives already.</summary>
public sealed class WorkerNameTakenException(string worker)
    : Exception($"worker {worker} is running already");

/// <summary>The store did not answer now: busy, full or cut off. The same call may succeed later.</summary>
public sealed class StoreUnreachableException(string message, Exception inner) : Exception(message, inner);
