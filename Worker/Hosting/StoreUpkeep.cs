using Shared.Engine;

namespace Worker.Hosting;

/// <summary>
/// Frees what an embedded store keeps and nobody needs, as <c>./sweep gc</c> does: its disk is this
/// machine's, and every checkpoint leaves the bytes of the one before the last.
/// </summary>
/// <param name="artifacts">The store; on PostgreSQL a worker's role may not do this.</param>
/// <param name="log">Takes one line.</param>
internal sealed class StoreUpkeep(IArtifactStore artifacts, Action<string> log)
{
    /// <summary>Time between two times that it frees something.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    /// <summary>Frees at once, and then now and again until the worker ends.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                await FreeAsync(end);
            }
            while (await timer.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
    }

    /// <summary>Frees once; what goes wrong is said and costs nothing.</summary>
    public async Task FreeAsync(CancellationToken end)
    {
        try
        {
            await artifacts.CollectAsync(dryRun: false, Retention.Grace, end);
        }
        catch (Exception failure) when (
            failure is StoreUnreachableException or StoreUnusableException
                or IOException or UnauthorizedAccessException)
        {
            log($"nothing could be freed in the store: {failure.Message}");
        }
    }
}
