using System.Net.Sockets;
using Shared;
using Shared.Engine;

namespace Worker.Hosting;

/// <summary>Opens a store, and waits for one whose server is away: workers start when their boxes do.</summary>
/// <param name="clock">Measures the wait.</param>
/// <param name="log">Takes one line.</param>
internal sealed class StoreWait(TimeProvider clock, Action<string> log)
{
    /// <summary>How long a store may be away.</summary>
    public static readonly TimeSpan Limit = LeaseTimes.Default.CutOffLimit;

    /// <summary>Between two tries.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Opens the store, at once or when it answers.</summary>
    /// <param name="open">Tries to open it.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>The store; nothing where the wait was given up.</returns>
    /// <exception cref="StoreUnreachableException">
    /// It was away for too long, or its address names a host that there is not.
    /// </exception>
    /// <exception cref="StoreUnusableException">It answers and cannot be used.</exception>
    public async Task<IStore?> OpenAsync(Func<Task<IStore>> open, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var isSilent = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var store = await open().WaitAsync(stop);
                if (isSilent)
                {
                    log("the store answers");
                }

                return store;
            }
            catch (StoreUnreachableException away) when (MayPass(away) && clock.GetElapsedTime(began) < Limit)
            {
                if (!isSilent)
                {
                    log($"{away.Message}; waiting for it, {DurationText.Words(Limit)} at most");
                }

                isSilent = true;
                await Task.Delay(RetryAfter, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>A host that no name server knows is a wrong address, and does not begin to answer.</summary>
    private static bool MayPass(Exception away)
    {
        for (var cause = away.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData })
            {
                return false;
            }
        }

        return true;
    }
}
