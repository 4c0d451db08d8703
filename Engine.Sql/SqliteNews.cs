namespace Engine.Sql;

/// <summary>
/// Waits for changes: those of this process ring a bell, those of others are found by looking at a count in
/// the store.
/// </summary>
/// <param name="reader">Reads the store.</param>
/// <param name="store">The store.</param>
/// <param name="seen">The count at the opening.</param>
internal sealed class SqliteNews(StoreReader reader, StoreContext store, string seen)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private string _seen = seen;

    /// <summary>Waits for a change since the last call.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False after the limit.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var began = store.Time.GetTimestamp();
        while (true)
        {
            var rung = store.News.Next;
            var count = await reader.RunAsync(t => SqliteSchema.Announcements(t.Session), cancellation);
            if (count != Interlocked.Exchange(ref _seen, count))
            {
                return true;
            }

            var left = limit - store.Time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.WhenAny(rung, Task.Delay(left < Look ? left : Look, store.Time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
