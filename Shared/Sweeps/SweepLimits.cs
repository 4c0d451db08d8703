namespace Shared.Sweeps;

/// <summary>How much of a sweep may run.</summary>
/// <param name="Concurrency">Most attempts at once, at least 1; nothing for as many as there are slots.</param>
/// <param name="Budget">Most slot time of all attempts together; nothing for no limit.</param>
public sealed record SweepLimits(int? Concurrency, TimeSpan? Budget)
{
    /// <summary>Everything may run.</summary>
    public static SweepLimits None { get; } = new(null, null);

    /// <summary>Whether the numbers mean something.</summary>
    public bool IsValid => Concurrency is null or >= 1 && (Budget is null || Budget >= TimeSpan.Zero);
}
