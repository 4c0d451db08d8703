using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Shared.Sweeps;

/// <summary>
/// The states of a sweep's trials, trial 1 first: immutable, and replaced one at a time at the cost of one
/// chunk instead of all, because a history of n trials replaces one 3n times.
/// </summary>
[CollectionBuilder(typeof(TrialStates), nameof(Create))]
public sealed class TrialStates : IReadOnlyList<TrialState>
{
    private const int ChunkLength = 128;

    private readonly ImmutableArray<ImmutableArray<TrialState>> _chunks;

    private TrialStates(ImmutableArray<ImmutableArray<TrialState>> chunks, int length)
    {
        _chunks = chunks;
        Length = length;
    }

    /// <summary>Number of trials.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    int IReadOnlyCollection<TrialState>.Count => Length;

    /// <summary>The state at a place, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public TrialState this[int index] => _chunks[index / ChunkLength][index % ChunkLength];

    /// <summary>States in their order.</summary>
    public static TrialStates Create(ReadOnlySpan<TrialState> states)
    {
        var chunks = ImmutableArray.CreateBuilder<ImmutableArray<TrialState>>();
        for (var rest = states; !rest.IsEmpty; rest = rest[Math.Min(ChunkLength, rest.Length)..])
        {
            chunks.Add([.. rest[..Math.Min(ChunkLength, rest.Length)]]);
        }

        return new TrialStates(chunks.ToImmutable(), states.Length);
    }

    /// <summary>The same with another state at one place, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public TrialStates SetItem(int index, TrialState state)
    {
        var (chunk, place) = (index / ChunkLength, index % ChunkLength);
        return new TrialStates(_chunks.SetItem(chunk, _chunks[chunk].SetItem(place, state)), Length);
    }

    /// <inheritdoc/>
    public IEnumerator<TrialState> GetEnumerator() => _chunks.SelectMany(chunk => chunk).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
