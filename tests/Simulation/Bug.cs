namespace Tests.Simulation;

/// <summary>A mistake that is planted in the simulated store; the simulation has to find it.</summary>
internal enum Bug
{
    None,

    /// <summary>A finish of an attempt that does not run any more is taken for the trial's result.</summary>
    AcceptStaleFinish,

    /// <summary>A renewal of an attempt that was lost gives it a lease again.</summary>
    RenewAfterLoss,

    /// <summary>A trial that was to be tried again is never due.</summary>
    ForgetRetry,

    /// <summary>A metric batch is acknowledged before it is durable.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>A trial's second attempt gets the number of its first.</summary>
    ReuseAttemptNumber,

    /// <summary>A trial is released when its parent's trial runs, before that has left its artifact.</summary>
    StartBeforeParent,
}
