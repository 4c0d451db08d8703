using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Tests.Worker;

/// <summary>A store of artifacts that counts how many it is given at once, and may refuse them.</summary>
internal sealed class GatedArtifacts(IArtifactStore inner) : IArtifactStore
{
    private const int Turns = 200;   // for others to come in while one is here

    private int _here;

    /// <summary>Why nothing is taken; nothing where everything is.</summary>
    public string? Refusal { get; init; }

    public int MostAtOnce { get; private set; }

    public async Task PutAsync(Artifact artifact, CancellationToken cancellation)
    {
        if (Refusal is not null)
        {
            throw new StoreUnusableException(Refusal);
        }

        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _here));
        for (var turn = 0; turn < Turns; turn++)
        {
            await Task.Yield();
        }

        await inner.PutAsync(artifact, cancellation);
        Interlocked.Decrement(ref _here);
    }

    public Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation) =>
        inner.ListAsync(sweep, cancellation);

    public Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        inner.ReadAsync(attempt, name, cancellation);

    public Task RemoveAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        inner.RemoveAsync(attempt, name, cancellation);

    public Task<CollectedArtifacts> CollectAsync(
        bool dryRun, TimeSpan grace, CancellationToken cancellation) =>
        inner.CollectAsync(dryRun, grace, cancellation);
}
