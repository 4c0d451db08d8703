using Shared.Sweeps;
using Xunit.Abstractions;

namespace Tests.EndToEnd.Chaos;

/// <summary>
/// Real processes, killed and frozen at moments that a seed draws: the sweep ends with the results that it
/// would have had without, and every loss is listed.
/// </summary>
[Collection(SweepFixture.Collection)]
public sealed class ChaosTests(ChaosFixture toy, ITestOutputHelper output) : IClassFixture<ChaosFixture>
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_slot_and_a_worker_that_are_killed_cost_their_attempts_and_nothing_else(string kind)
    {
        foreach (var seed in ChaosRounds.Seeds)
        {
            var random = new Random(seed);
            await using var box = await OpenAsync(kind);
            await box.SubmitAsync();
            box.StartWorker("first");
            var second = box.StartWorker("second");
            var watch = box.Start("Orchestrator", "watch", ChaosFixture.Name);

            var ofFirst = await box.RunningAsync(Moment(random), a => a.Place.Worker == "first");
            ChaosProcess.Kill9(ofFirst.Place.ProcessId);
            watch.Kill9();
            var ofSecond = await box.RunningAsync(Moment(random), a => a.Place.Worker == "second");
            second.Kill9();
            box.StartWorker("third");

            var (state, results) = await box.EndAsync();
            Print(seed, $"kill -9 of a slot, a CLI and a worker on {kind}", state, results);
            var next = AttemptAfter(state, ofFirst.Id);
            Attempt(state, ofFirst.Id).Reason.ShouldContain("signal 9");
            next.From.ShouldNotBeNull("the worker stored the dead slot's last checkpoint before the loss");
            next.From.Update.ShouldBeGreaterThanOrEqualTo(ChaosFixture.Every);
            Attempt(state, ofSecond.Id).Outcome.ShouldBe(AttemptOutcome.Lost);
            Lost(state).ShouldBe(2);
            results.ShouldBe(toy.Results);
        }
    }

    [Fact]
    public async Task PostgreSQL_that_is_gone_for_longer_than_a_lease_costs_nobody_an_attempt()
    {
        foreach (var seed in ChaosRounds.Seeds)
        {
            var random = new Random(seed);
            await using var box = await ChaosBox.OnPostgresAsync();
            await box.SubmitAsync();
            box.StartWorker("first");
            box.StartWorker("second");
            await box.RunningAsync(Moment(random));

            await box.Cluster!.StopAsync(immediate: true);
            await Task.Delay(ChaosBox.Times.Lease + TimeSpan.FromSeconds(1 + (2 * random.NextDouble())));
            await box.Cluster.RestartAsync();

            var (state, results) = await box.EndAsync();
            Print(seed, "PostgreSQL stopped -m immediate for longer than a lease", state, results);
            Lost(state).ShouldBe(0);
            state.Trials.ShouldAllBe(trial => trial.Attempts.Length == 1);
            results.ShouldBe(toy.Results);
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_worker_that_stood_still_past_its_lease_is_refused_by_name_when_it_goes_on(string kind)
    {
        foreach (var seed in ChaosRounds.Seeds)
        {
            var random = new Random(seed);
            await using var box = await OpenAsync(kind);
            await box.SubmitAsync();
            var frozen = box.StartWorker("frozen");
            box.StartWorker("other");
            var attempt = await box.RunningAsync(Moment(random), a => a.Place.Worker == "frozen");

            await box.FreezeAsync(frozen);
            await box.UntilAsync(
                "the frozen worker's attempt is lost",
                state => Task.FromResult(Attempt(state, attempt.Id).Outcome is AttemptOutcome.Lost));
            frozen.Thaw();

            var (state, results) = await box.EndAsync();
            Print(seed, $"SIGSTOP of a worker past its lease on {kind}", state, results);
            frozen.Log.ShouldContain($"{attempt.Id}");
            frozen.Log.ShouldContain("refused");
            Lost(state).ShouldBe(1);
            results.ShouldBe(toy.Results);
        }
    }

    [TmpfsFact]
    public async Task A_disk_that_is_full_for_a_while_costs_nobody_an_attempt()
    {
        foreach (var seed in ChaosRounds.Seeds)
        {
            var random = new Random(seed);
            using var disk = SmallDisk.Mount(24);
            await using var box = await ChaosBox.OnSqliteAsync(disk.Folder);
            await box.SubmitAsync();
            var worker = box.StartWorker("only");
            await box.RunningAsync(Moment(random));

            disk.Fill();
            await box.UntilAsync(
                "the worker says that the disk is full",
                _ => Task.FromResult(worker.Log.Contains("trying again", StringComparison.Ordinal)));
            disk.Free();

            var (state, results) = await box.EndAsync();
            Print(seed, "the store's disk full", state, results);
            Lost(state).ShouldBe(0);
            results.ShouldBe(toy.Results);
        }
    }

    [Fact]
    public async Task A_second_worker_of_one_name_is_refused_and_told_the_first_ones_process()
    {
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var first = box.StartWorker("twin");
        await box.RunningAsync(1);

        var second = box.StartWorker("twin");

        (await second.EndAsync()).ShouldBe(2);
        second.Log.ShouldContain("worker twin is running already");
        second.Log.ShouldContain($"process {first.Id} ");
        first.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_told_to_stop_leaves_a_checkpoint_and_the_next_one_goes_on_from_it()
    {
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var first = box.StartWorker("first");
        var attempt = await box.RunningAsync(3 * ChaosFixture.Every);
        first.Terminate();
        (await first.EndAsync()).ShouldBe(0, first.Log);
        box.StartWorker("second");

        var (state, results) = await box.EndAsync();
        Print(0, "SIGTERM", state, results);
        Attempt(state, attempt.Id).Outcome.ShouldBe(AttemptOutcome.Preempted);
        AttemptAfter(state, attempt.Id).From!.Update.ShouldBeGreaterThanOrEqualTo(3 * ChaosFixture.Every);
        results.ShouldBe(toy.Results);
    }

    [Fact]
    public async Task A_process_group_that_is_told_to_stop_is_drained_like_its_worker()
    {
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var first = box.StartWorker("first", isGroup: true);
        var attempt = await box.RunningAsync(3 * ChaosFixture.Every);
        first.TerminateGroup();   // as timeout, systemd and Slurm do
        (await first.EndAsync()).ShouldBe(0, first.Log);
        box.StartWorker("second");

        var (state, results) = await box.EndAsync();
        Print(0, "SIGTERM to the process group", state, results);
        Attempt(state, attempt.Id).Outcome.ShouldBe(AttemptOutcome.Preempted);
        AttemptAfter(state, attempt.Id).From!.Update.ShouldBeGreaterThanOrEqualTo(3 * ChaosFixture.Every);
        Lost(state).ShouldBe(0);
        results.ShouldBe(toy.Results);
    }

    [Fact]
    public async Task A_slot_ends_with_its_worker_though_it_hears_no_signal()
    {
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var worker = box.StartWorker("only");
        var slot = (await box.RunningAsync(ChaosFixture.Every)).Place.ProcessId;
        ChaosProcess.Terminate(slot);
        await box.RunningAsync(3 * ChaosFixture.Every, a => a.Place.ProcessId == slot);

        worker.Kill9();

        await box.UntilAsync("the slot's end", _ => Task.FromResult(!ChaosProcess.Runs(slot)));
    }

    private static Task<ChaosBox> OpenAsync(string kind) =>
        kind == "sqlite" ? ChaosBox.OnSqliteAsync() : ChaosBox.OnPostgresAsync();

    /// <summary>An update after the first checkpoints and well before the end.</summary>
    private static int Moment(Random random) => random.Next(3 * ChaosFixture.Every, ChaosFixture.Updates / 2);

    private static AttemptState Attempt(SweepState state, AttemptId id) =>
        state.Trial(id.Trial).Attempts[id.Number - 1];

    private static AttemptState AttemptAfter(SweepState state, AttemptId id) =>
        state.Trial(id.Trial).Attempts[id.Number];

    private static int Lost(SweepState state) =>
        state.Trials.SelectMany(t => t.Attempts).Count(a => a.Outcome is AttemptOutcome.Lost);

    private void Print(int seed, string what, SweepState state, string results) =>
        ChaosRounds.Print(output, seed, what, state, results == toy.Results);
}
