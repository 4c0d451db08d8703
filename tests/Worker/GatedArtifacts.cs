using System.Reflection;
using Shared.Engine;

namespace Tests.Worker;

/// <summary>A store of artifacts that counts how many it is given at once, and may refuse them.</summary>
public class GatedArtifacts : DispatchProxy
{
    private const int Turns = 200;   // for others to come in while one is here

    private IArtifactStore _inner = null!;
    private string? _refusal;
    private int _here;

    /// <summary>The most artifacts that it was given at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>A store before another one.</summary>
    /// <param name="inner">The store that carries everything out.</param>
    /// <param name="refusal">Why nothing is taken; nothing where everything is.</param>
    public static IArtifactStore Before(IArtifactStore inner, string? refusal = null)
    {
        var store = Create<IArtifactStore, GatedArtifacts>();
        var gate = (GatedArtifacts)(object)store;
        (gate._inner, gate._refusal) = (inner, refusal);
        return store;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IArtifactStore.PutAsync)
            ? PutAsync((Artifact)args![0]!, (CancellationToken)args[1]!)
            : targetMethod.Invoke(_inner, args);

    private async Task PutAsync(Artifact artifact, CancellationToken cancellation)
    {
        if (_refusal is not null)
        {
            throw new StoreUnusableException(_refusal);
        }

        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _here));
        for (var turn = 0; turn < Turns; turn++)
        {
            await Task.Yield();
        }

        await _inner.PutAsync(artifact, cancellation);
        Interlocked.Decrement(ref _here);
    }
}
