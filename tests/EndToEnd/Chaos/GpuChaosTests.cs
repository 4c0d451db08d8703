using Shared.Sweeps;

namespace Tests.EndToEnd.Chaos;

/// <summary>What becomes of a GPU when processes on it die: real processes, and a GPU that is none.</summary>
[Collection(SweepFixture.Collection)]
public sealed class GpuChaosTests(ChaosFixture toy) : IClassFixture<ChaosFixture>
{
    [Fact]
    public async Task A_new_worker_waits_for_a_slot_that_has_not_seen_its_workers_death()
    {
        using var gpu = new FakeGpu();
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var first = box.StartWorker("first", gpu);
        var orphan = (await box.RunningAsync(ChaosFixture.Every)).Place.ProcessId;
        ChaosProcess.Freeze(orphan);
        first.Kill9();

        var second = box.StartWorker("second", gpu);
        await box.UntilAsync("the new worker waits", _ => Task.FromResult(second.Log.Contains(
            $"slots of the worker of process {first.Id}, which is gone, still have the device {gpu.Uuid}",
            StringComparison.Ordinal)));
        second.Log.ShouldNotContain("worker second:", Case.Sensitive, "it has not begun");
        ChaosProcess.Thaw(orphan);

        var (state, results) = await box.EndAsync();
        state.Trials.SelectMany(trial => trial.Attempts).Count(a => a.Outcome is AttemptOutcome.Lost)
            .ShouldBe(1);
        results.ShouldBe(toy.Results);
    }

    [Fact]
    public async Task A_second_worker_on_a_device_is_refused_while_the_first_one_lives()
    {
        using var gpu = new FakeGpu();
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var first = box.StartWorker("first", gpu);
        await box.RunningAsync(1);

        var second = box.StartWorker("second", gpu);

        (await second.EndAsync()).ShouldBe(2);
        second.Log.ShouldContain($"the worker of process {first.Id} has the device {gpu.Uuid}");
    }

    [Fact]
    public async Task A_slot_that_died_is_replaced_when_its_memory_is_free()
    {
        using var gpu = new FakeGpu();
        await using var box = await ChaosBox.OnSqliteAsync();
        await box.SubmitAsync();
        var worker = box.StartWorker("only", gpu);
        var slot = (await box.RunningAsync(ChaosFixture.Every)).Place.ProcessId;

        gpu.Use(60);
        ChaosProcess.Kill9(slot);
        await box.UntilAsync("the slot waits", _ => Task.FromResult(worker.Log.Contains(
            "slot 1 waits until memory of its device is free: 60.0 GiB are used, 1.0 when",
            StringComparison.Ordinal)));
        gpu.Use(1);

        var (_, results) = await box.EndAsync();
        worker.Log.ShouldNotContain("is not free");
        results.ShouldBe(toy.Results);
    }
}
