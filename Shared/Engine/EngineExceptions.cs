namespace Shared.Engine;

/// <summary>A store cannot be used; the message is one sentence that says why and what to do.</summary>
public sealed class StoreUnusableException(string message) : Exception(message);

/// <summary>A worker of that name lives already.</summary>
public sealed class WorkerNameTakenException(string worker)
    : Exception($"worker {worker} is running already");

/// <summary>The store did not answer now: busy, full or cut off. The same call may succeed later.</summary>
public sealed class StoreUnreachableException(string message, Exception inner) : Exception(message, inner);
