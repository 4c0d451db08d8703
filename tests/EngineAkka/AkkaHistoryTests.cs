using System.Diagnostics;
using System.Text;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Contracts;
using Tests.Shared.Sweeps;

namespace Tests.EngineAkka;

/// <summary>How histories outlive their coordinator, and what keeps a second one out.</summary>
public sealed class AkkaHistoryTests : IAsyncLifetime
{
    private static readonly TimeSpan SnapshotLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly AkkaFile _file = new();
    private IStore _engine = null!;

    public async Task InitializeAsync() => _engine = await _file.OpenAsync();

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task After_a_takeover_every_lease_begins_at_its_full_length_whoever_looks()
    {
        await using var joined = await _engine.JoinAsync("w1", default);
        await SubmitAsync();
        var attempt = await ClaimAsync(2);
        await _file.AdvanceAsync(_engine.LeaseTimes.Lease * 3);

        await TakeOverAsync();

        (await _engine.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBeEmpty();
        (await _engine.RenewAsync([attempt], default)).ShouldBeEmpty();
        var lease = (await _engine.LeasesAsync(default)).ShouldHaveSingleItem();
        (lease.EndsAt - lease.RenewedAt).ShouldBe(_engine.LeaseTimes.Lease);
        await _file.AdvanceAsync(_engine.LeaseTimes.Lease * 2);
        (await _engine.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBe([attempt]);
    }

    [Fact]
    public async Task What_is_looked_at_needs_no_coordinator()
    {
        await SubmitAsync();
        var attempt = await ClaimAsync(2);
        await _file.StopAsync();

        (await _engine.ListAsync(default)).ShouldHaveSingleItem().Running.ShouldBe(1);
        (await _engine.ReadAsync("demo", default))!.Running[1].ShouldBe(attempt);
        (await _engine.ReadHistoryAsync("demo", 0, default)).Length.ShouldBe(2);
        (await _engine.LeasesAsync(default)).ShouldHaveSingleItem().Attempt.ShouldBe(attempt);
    }

    [Fact]
    public async Task Of_two_coordinators_that_do_not_know_of_each_other_each_history_has_one_writer()
    {
        await SubmitAsync(trials: 4);
        var first = await ClaimAsync(2);
        var stranger = await _file.StartAnotherAsync();
        await using var other = await _file.OpenOnAsync(stranger);
        var second = Started(await other.SendAsync("demo", Given.Claim(3), default));

        // The first one has not seen that claim: its next event has a number that is taken.
        await Should.ThrowAsync<StoreUnreachableException>(
            () => _engine.SendAsync("demo", Given.Claim(4), default));
        var third = await ClaimAsync(4);

        new[] { first, second, third }.Select(attempt => attempt.Trial).ShouldBe([1, 2, 3]);
        var history = await _engine.ReadHistoryAsync("demo", 0, default);
        history.Select(recorded => recorded.Version).ShouldBe([1, 2, 3, 4]);
        await stranger.DisposeAsync();
    }

    [Fact]
    public async Task A_sweep_whose_history_was_never_begun_is_forgotten_by_the_next_coordinator()
    {
        await SubmitAsync();
        _file.Run("INSERT INTO sweep (name, base_name, spec, program, experiment, submitted_at, command, trials, "
            + "is_completed, is_paused, is_cancelled, priority, waiting, running) "
            + "SELECT 'ghost', 'ghost', spec, program, experiment, submitted_at, 'x', 0, 0, 0, 0, 0, 0, 0 FROM sweep");

        await TakeOverAsync();
        await ClaimAsync(2);

        (await _engine.ListAsync(default)).Select(sweep => sweep.Name).ShouldBe(["demo"]);
    }

    [Theory]
    [InlineData("manifest = 'state.1'")]
    [InlineData("manifest = 'state.0'")]
    [InlineData("snapshot = CAST('no JSON' AS BLOB)")]
    public async Task A_long_history_is_the_same_after_a_takeover_with_a_good_snapshot_an_old_one_or_a_broken_one(
        string change)
    {
        await SubmitAsync();
        var id = 10;
        var attempt = await ClaimAsync(2);
        for (var round = 0; round < 280; round++)
        {
            Accepted(await _engine.SendAsync("demo", Given.HandBack(id++, attempt), default));
            attempt = await ClaimAsync(id++);
        }

        await SnapshotAsync();
        _file.Run($"UPDATE snapshot SET {change}");
        var before = StateJson.Of((await _engine.ReadAsync("demo", default))!);
        await TakeOverAsync();

        Accepted(await _engine.SendAsync("demo", Given.HandBack(id, attempt), default)).IsRepeat.ShouldBeFalse();
        Accepted(await _engine.SendAsync("demo", Given.HandBack(10, attempt), default)).IsRepeat.ShouldBeTrue();
        before.ShouldNotBe(StateJson.Of((await _engine.ReadAsync("demo", default))!));
    }

    [Fact]
    public async Task The_journal_holds_our_JSON_under_our_names_and_no_name_of_a_type()
    {
        await SubmitAsync();
        await ClaimAsync(2);

        foreach (var row in _file.Run("SELECT manifest, identifier, message FROM journal"))
        {
            row[0].ShouldBe("event.1");
            row[1].ShouldBe(1102L);
            var text = Encoding.UTF8.GetString((byte[])row[2]);
            SweepEventJson.Write(SweepEventJson.Read(text)).ShouldBe(text);
            TypeNames.In(text).ShouldBeEmpty();
        }
    }

    /// <summary>A snapshot is written beside what happens; nobody waits for it but this test.</summary>
    private async Task SnapshotAsync()
    {
        var since = Stopwatch.StartNew();
        while (_file.Run("SELECT count(*) FROM snapshot")[0][0] is not 1L)
        {
            since.Elapsed.ShouldBeLessThan(SnapshotLimit);
            await Task.Delay(Look);
        }
    }

    private async Task TakeOverAsync()
    {
        await _file.StopAsync();
        await _engine.DisposeAsync();
        _engine = await _file.OpenAsync();
    }

    private Task<SubmitReply> SubmitAsync(int trials = 2) => _engine.SubmitAsync(
        new Submission(Given.Id(1), "demo", Given.Plan(trials), Given.Program, BesideUnfinished: false), default);

    private async Task<AttemptId> ClaimAsync(int id) =>
        Started(await _engine.SendAsync("demo", Given.Claim(id), default));

    private static AttemptId Started(Decision decision) =>
        Accepted(decision).Events[0].ShouldBeOfType<SweepEvent.AttemptStarted>().Attempt;

    private static Decision.Accepted Accepted(Decision decision) =>
        decision.ShouldBeOfType<Decision.Accepted>(decision.ToString());
}
