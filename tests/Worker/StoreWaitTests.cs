using System.Net.Sockets;
using Shared.Engine;
using Tests.EngineSql;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>A worker whose store is away when it starts.</summary>
public sealed class StoreWaitTests : IDisposable
{
    private readonly ImpatientTime _time = new();
    private readonly List<string> _said = [];
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task A_store_that_is_away_is_waited_for_and_both_is_said_once()
    {
        await using var file = new SqliteFile();
        var tries = 0;

        await using var store = await OpenAsync(async () => ++tries < 5 ? throw Away() : await file.OpenSqliteAsync(TimeProvider.System));

        store.ShouldNotBeNull();
        _time.Waited.ShouldBe(4 * StoreWait.RetryAfter);
        _said.ShouldBe(["the store is away; waiting for it, 15 min at most", "the store answers"]);
    }

    [Fact]
    public async Task A_store_that_stays_away_is_given_up_after_the_limit()
    {
        await Should.ThrowAsync<StoreUnreachableException>(() => OpenAsync(() => throw Away()));

        _time.Waited.ShouldBe(StoreWait.Limit);
        _said.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_will_not_pass_is_told_at_once()
    {
        await Should.ThrowAsync<StoreUnusableException>(
            () => OpenAsync(() => throw new StoreUnusableException("the password is wrong")));
        await Should.ThrowAsync<StoreUnreachableException>(
            () => OpenAsync(() => throw Away(new SocketException((int)SocketError.HostNotFound))));

        _time.Waited.ShouldBe(TimeSpan.Zero);
        _said.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_waits_no_longer_not_even_for_an_answer()
    {
        var never = new TaskCompletionSource<IStore>();
        var waiting = OpenAsync(() => never.Task);
        await _stop.CancelAsync();

        (await waiting).ShouldBeNull();
    }

    public void Dispose() => _stop.Dispose();

    private Task<IStore?> OpenAsync(Func<Task<IStore>> open) =>
        new StoreWait(_time, _said.Add).OpenAsync(open, _stop.Token);

    private static StoreUnreachableException Away(Exception? cause = null) =>
        new("the store is away", cause ?? new SocketException((int)SocketError.ConnectionRefused));

    /// <summary>A clock whose waits are over at once, and count.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public TimeSpan Waited { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Waited.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
