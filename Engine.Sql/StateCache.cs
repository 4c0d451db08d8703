using System.Collections.Concurrent;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// Folded states of committed events, so that a transaction reads only what this process has not seen.
/// </summary>
internal sealed class StateCache
{
    private const int SweepLimit = 64;

    private readonly ConcurrentDictionary<string, SweepState> _states = new(StringComparer.Ordinal);

    /// <summary>The last known state of a sweep, or the one before the first event.</summary>
    public SweepState Known(string sweep) => _states.GetValueOrDefault(sweep, SweepState.Initial);

    /// <summary>
    /// Remembers a state whose events are committed; an older one than is known changes nothing.
    /// </summary>
    public void Remember(SweepState state)
    {
        if (_states.Count >= SweepLimit && !_states.ContainsKey(state.Name))
        {
            _states.Clear();   // rare, and costs one replay each
        }

        _states.AddOrUpdate(
            state.Name, state, (_, known) => known.Version > state.Version ? known : state);
    }

    /// <summary>Forgets a state that the store no longer bears out.</summary>
    public void Forget(string sweep) => _states.TryRemove(sweep, out _);
}
