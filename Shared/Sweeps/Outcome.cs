namespace Shared.Sweeps;

/// <summary>How a trial ended.</summary>
public enum Outcome
{
    /// <summary>It ran to its end.</summary>
    Completed,

    /// <summary>Its loss or its energies left the finite range: a result, never run again.</summary>
    Diverged,

    /// <summary>Its attempts failed, or were lost, more often than the sweep allows.</summary>
    Failed,

    /// <summary>Somebody ended it, or its sweep.</summary>
    Cancelled,
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>The trial ran to its end.</summary>
    Completed,

    /// <summary>The trial diverged.</summary>
    Diverged,

    /// <summary>The experiment threw an error; costs one of the sweep's retries.</summary>
    Failed,

    /// <summary>The slot or its worker is gone; has a limit of its own.</summary>
    Lost,

    /// <summary>Handed back by the worker, because it was told to stop; costs nothing.</summary>
    Preempted,

    /// <summary>Its trial or its sweep was cancelled while it ran.</summary>
    Cancelled,
}
