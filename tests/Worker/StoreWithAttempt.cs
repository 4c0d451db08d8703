using Shared.Engine;
using Tests.EngineSql;
using Tests.Shared.Sweeps;

namespace Tests.Worker;

/// <summary>A store in a file with a sweep of one trial, which an attempt runs on the worker <c>w1</c>.</summary>
internal sealed class StoreWithAttempt : IAsyncDisposable
{
    private readonly SqliteFile _file = new();

    private StoreWithAttempt()
    {
    }

    /// <summary>The store.</summary>
    public IStore Store { get; private set; } = null!;

    /// <summary>Makes it.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    public static async Task<StoreWithAttempt> MakeAsync(string sweep)
    {
        var made = new StoreWithAttempt();
        made.Store = await made._file.OpenAsync();
        await made.Store.JoinAsync("w1", CancellationToken.None);
        await made.Store.SubmitAsync(
            new Submission(Given.Id(1), sweep, Given.Plan(1), Given.Program, BesideUnfinished: false),
            CancellationToken.None);
        await made.Store.SendAsync(sweep, Given.Claim(2), CancellationToken.None);
        return made;
    }

    /// <summary>Moves the store's clock on.</summary>
    public Task AdvanceAsync(TimeSpan time) => _file.AdvanceAsync(time);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _file.DisposeAsync();
    }
}
