namespace Shared.Sweeps;

/// <summary>What a trial of a sweep takes of the worker that runs it.</summary>
/// <param name="Slots">Slots of one device that it takes at once; at least 1.</param>
public sealed record SweepResources(int Slots);
