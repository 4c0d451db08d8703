using Shared.Sweeps;

namespace Engine.Akka.Coordinator;

// Between a coordinator and its sweeps, in one process: none of these travels.

/// <summary>Decide a command; answered by a reply.</summary>
internal sealed record Carry(SweepCommand Command) : ILocal;

/// <summary>Stop once nothing waits; nothing more is sent after it.</summary>
internal sealed record Leave : ILocal;

/// <summary>A history is replayed, and the rows say what it says; or it cannot be read, and they stay.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Version">Number of its events; 0 where it was never begun.</param>
internal sealed record Restored(string Sweep, long Version) : ILocal;

/// <summary>The sweep need not stay in memory: it has ended, or its history cannot be read.</summary>
internal sealed record Ended(string Sweep) : ILocal;

/// <summary>The last snapshot of the sweep is of another program: replay all of its history.</summary>
internal sealed record Stale(string Sweep) : ILocal;

/// <summary>A message between actors of one process.</summary>
internal interface ILocal : global::Akka.Actor.INoSerializationVerificationNeeded;
