using Shared.Data;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Tests.EngineSql;
using Tests.Shared.Sweeps;
using Training.Data;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>How a worker's free slots find trials among the sweeps of a store.</summary>
public sealed class ClaimRoundTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();
    private readonly WorkerData _data = new(
        new DataPlaces("/no/such/folder", null, "/nowhere"), Never, TimeProvider.System, _ => { });

    private readonly List<string> _said = [];
    private IStore _store = null!;
    private IAsyncDisposable _joined = null!;   // held: what nobody holds is collected, and w1 gone with it

    public async Task InitializeAsync()
    {
        _store = await _file.OpenAsync();
        _joined = await _store.JoinAsync("w1", CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _joined.DisposeAsync();
        await _store.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task Slots_that_the_first_sweep_leaves_free_go_to_the_next_one()
    {
        await SubmitAsync("first", 1);
        await SubmitAsync("second", 3);

        var grants = await GrantsAsync(slots: 3);

        grants.Select(g => (g.Slot, g.Start.Attempt.Sweep, g.Start.Attempt.Trial))
            .ShouldBe([(1, "first", 1), (2, "second", 1), (3, "second", 2)]);
    }

    [Fact]
    public async Task A_sweep_that_cannot_be_read_is_passed_over_and_said_so_once()
    {
        await SubmitAsync("spoilt", 2);
        await SubmitAsync("second", 3);
        await _file.SpoilAsync("UPDATE event SET json = 'x' WHERE sweep = 'spoilt'");
        await using var store = await _file.OpenAsync();
        var reader = new SweepReader(store, only: null, _said.Add);

        foreach (var slots in new[] { 1, 2 })
        {
            GrantsOf(await Round(store, slots, reader: reader).AskAsync())
                .Select(g => g.Start.Attempt.Sweep).ShouldAllBe(sweep => sweep == "second");
        }

        _said.ShouldHaveSingleItem().ShouldContain("event 1 of the sweep 'spoilt'");
    }

    [Fact]
    public async Task A_sweep_that_became_unreadable_since_it_was_looked_at_is_passed_over()
    {
        await SubmitAsync("spoilt", 2);
        await SubmitAsync("second", 1);
        var unreadable = InterruptedStore.Before(_store, nameof(ICoordinator.SendAsync), () => _file.SpoilAsync(
            "INSERT INTO event (sweep, version, json, stored_at, stored_by) "
            + "SELECT sweep, 2, 'x', stored_at, stored_by FROM event WHERE sweep = 'spoilt'"));

        GrantsOf(await Round(unreadable, 2).AskAsync()).ShouldHaveSingleItem().Start.Attempt.Sweep.ShouldBe("second");
    }

    [Fact]
    public async Task The_only_sweep_of_a_worker_is_not_passed_over()
    {
        await SubmitAsync("only", 2);
        await _file.SpoilAsync("UPDATE event SET json = 'x' WHERE sweep = 'only'");
        await using var store = await _file.OpenAsync();

        await Should.ThrowAsync<SweepUnreadableException>(Round(store, 1, "only").AskAsync);
    }

    [Fact]
    public async Task A_look_stops_what_runs_of_a_sweep_that_cannot_be_read()
    {
        await SubmitAsync("spoilt", 1);
        await SubmitAsync("second", 1);
        var held = (await GrantsAsync(slots: 2)).Select(grant => grant.Start.Attempt).ToArray();
        await _file.SpoilAsync("UPDATE event SET json = 'x' WHERE sweep = 'spoilt' AND version = 2");
        await using var store = await _file.OpenAsync();
        var look = new WorkerLook(
            null, store, new SweepReader(store, only: null, _said.Add), store, () => Given.Noon);

        var looked = (WorkerInput.Looked)await look.GoAsync(new WorkerAction.Look(ExpiredToo: false, [.. held]));

        looked.Stopped.ShouldBe([held[0]]);
        _said.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_sweep_with_the_highest_priority_is_served_first()
    {
        await SubmitAsync("old", 2);
        await SubmitAsync("urgent", 1);
        await _store.SendAsync(
            "urgent", new SweepCommand.ChangePriority(Id(), Given.Noon, 5), CancellationToken.None);

        (await GrantsAsync(slots: 2)).Select(g => g.Start.Attempt.Sweep).ShouldBe(["urgent", "old"]);
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_asked_again_and_grants_the_same()
    {
        await SubmitAsync("only", 4);
        var silent = SilentStore.Before(_store, nameof(ICoordinator.SendAsync));
        var round = Round(silent, 2);

        await Should.ThrowAsync<StoreUnreachableException>(round.AskAsync);
        var grants = GrantsOf(await round.AskAsync());

        grants.Select(g => g.Start.Attempt.Trial).ShouldBe([1, 2]);
        (await _store.ReadAsync("only", CancellationToken.None))!.Running.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_granted_is_not_kept_waiting_for_the_next_sweeps_answer()
    {
        await SubmitAsync("first", 1);
        await SubmitAsync("second", 1);
        // The list, the first sweep's state, its claim; the second sweep's state is not heard.
        var silent =
            SilentStore.Before(_store, nameof(ICoordinator.SendAsync), nameof(ICoordinator.ReadAsync));
        var round = Round(silent, 2);

        await Should.ThrowAsync<StoreUnreachableException>(round.AskAsync);
        GrantsOf(await round.AskAsync()).Single().Start.Attempt.Sweep.ShouldBe("first");
    }

    [Fact]
    public async Task Where_nothing_is_to_be_had_every_unfinished_sweep_says_why()
    {
        await SubmitAsync("paused", 1);
        await _store.SendAsync(
            "paused", new SweepCommand.PauseSweep(Id(), Given.Noon, Now: false), CancellationToken.None);
        await SubmitAsync("other", 1, program: "another");
        await SubmitAsync("images", 1, data: "mnist");

        var round = Round(_store, 1);
        GrantsOf(await round.AskAsync()).ShouldBeEmpty();

        round.Reasons.Count.ShouldBe(3);
        round.Reasons[0].ShouldBe("paused: it is paused");
        round.Reasons[1].ShouldStartWith("other: it was submitted by another version");
        round.Reasons[2].ShouldContain("/no/such/folder");
    }

    [Fact]
    public async Task A_wide_trial_takes_slots_together_and_what_is_left_over_goes_to_the_next_sweep()
    {
        await SubmitAsync("wide", 1, width: 2);
        await SubmitAsync("narrow", 4);

        (await GrantsAsync(slots: 3)).Select(g => (g.Start.Attempt.Sweep, g.Slot, string.Join(' ', g.Beside)))
            .ShouldBe([("wide", 1, "2"), ("narrow", 3, "")]);
    }

    [Fact]
    public async Task Later_sweeps_wait_while_a_wide_trial_gathers_its_slots_but_not_for_one_that_never_fits()
    {
        await SubmitAsync("wide", 1, width: 2);
        await SubmitAsync("narrow", 4);

        var waiting = Round(_store, 1, room: 2);
        GrantsOf(await waiting.AskAsync()).ShouldBeEmpty();
        waiting.Reasons.ShouldBe(["wide: a trial takes 2 slots of one device, and 1 are free"]);
        GrantsOf(await Round(_store, 1, room: 1).AskAsync()).Single().Start.Attempt.Sweep
            .ShouldBe("narrow");
    }

    [Fact]
    public async Task The_worker_of_one_wide_sweep_ends_only_where_too_few_slots_work_on_every_device()
    {
        await SubmitAsync("wide", 1, width: 2);

        GrantsOf(await Round(_store, 1, "wide", room: 1, mostRoom: 2).AskAsync()).ShouldBeEmpty();
        (await Round(_store, 1, "wide", room: 1, mostRoom: 1).AskAsync())
            .ShouldBeOfType<WorkerInput.ClaimsRefused>()
            .Reason.ShouldBe("wide: a trial takes 2 slots of one device, and 1 of this one work");
    }

    [Fact]
    public async Task The_worker_of_one_sweep_hears_of_its_end_and_of_what_is_refused_for_good()
    {
        await SubmitAsync("one", 1);
        await SubmitAsync("other", 1, program: "another");

        (await Round(_store, 1, "other").AskAsync()).ShouldBeOfType<WorkerInput.ClaimsRefused>();
        GrantsOf(await Round(_store, 2, "one").AskAsync()).Length.ShouldBe(1);
        await _store.SendAsync("one", new SweepCommand.CancelSweep(Id(), Given.Noon), CancellationToken.None);
        (await Round(_store, 1, "one").AskAsync()).ShouldBeOfType<WorkerInput.SweepOver>();
    }

    [Fact]
    public async Task A_grant_brings_the_parents_model_even_where_it_was_found_after_the_look()
    {
        await SubmitAsync("child", 2, from: new ParentSweep("parent", ParentSweep.Model));
        await ReleaseAsync(1);
        var store = InterruptedStore.Before(_store, nameof(ICoordinator.SendAsync), () => ReleaseAsync(2));

        var grants = GrantsOf(await Round(store, 2).AskAsync());

        grants.Select(g => (g.Start.Attempt.Trial, g.Parent)).ShouldBe([(1, ModelOf(1)), (2, ModelOf(2))]);
    }

    private Task ReleaseAsync(int trial) => _store.SendAsync(
        "child",
        new SweepCommand.ReleaseTrial(Id(), Given.Noon, trial, ModelOf(trial)),
        CancellationToken.None);

    private static ParentArtifact ModelOf(int trial) =>
        new(Given.Attempt(trial, sweep: "parent"), ParentSweep.Model, $"{trial:x4}");

    private static Task Never(ImageSet set, string folder) => throw new NotSupportedException();

    private static CommandId Id() => new(Guid.NewGuid());

    private static Grant[] GrantsOf(WorkerInput answer) =>
        [.. answer.ShouldBeOfType<WorkerInput.ClaimAnswered>().Grants];

    private async Task<Grant[]> GrantsAsync(int slots) => GrantsOf(await Round(_store, slots).AskAsync());

    private ClaimRound Round(
        IStore store, int slots, string? sweep = null, int room = 4, int mostRoom = 4,
        SweepReader? reader = null) =>
        new(
        new WorkerAction.Claim(
            [.. Enumerable.Range(1, slots).Select(slot => Given.Place("w1", slot))],
            Given.Environment(),
            room,
            mostRoom),
        sweep,
        store,
        reader ?? new SweepReader(store, sweep, _said.Add),
        _data,
        WorkerOffer.Nothing,
        () => Given.Noon);

    private Task SubmitAsync(
        string name, int trials, string program = Given.Program, string? data = null, int? width = null,
        ParentSweep? from = null) =>
        _store.SubmitAsync(
            new Submission(
                Id(),
                name,
                Given.Plan(trials) with
                {
                    Data = data,
                    Resources = width is { } w ? new SweepResources(w) : null,
                    From = from,
                },
                program,
                BesideUnfinished: false),
            CancellationToken.None);
}
