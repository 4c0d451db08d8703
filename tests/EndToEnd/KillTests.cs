using System.Diagnostics;
using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>
/// Whatever is killed in the middle, the sweep ends with the results of an undisturbed run.
/// </summary>
[Collection(SweepFixture.Collection)]
public sealed class KillTests(SweepFixture sweep) : IDisposable
{
    private readonly SweepProgram _program = new();

    [Fact]
    public async Task A_slot_that_is_killed_costs_one_attempt()
    {
        using var run = StartSweep();
        SweepProgram.Kill9(SlotOf(await TwoAttemptsRunAsync()));
        var ran = await SweepProgram.EndAsync(run);

        ran.Code.ShouldBe(0, ran.Error);
        _program.Results(SweepFixture.Name).ShouldBe(sweep.Results);
        var lost = await LostAsync();
        lost.Length.ShouldBe(1);
        lost[0].GetProperty("reason").GetString()!.ShouldContain("signal 9");
    }

    [Fact]
    public async Task A_worker_that_is_killed_leaves_a_sweep_that_resumes()
    {
        using var run = StartSweep();
        SweepProgram.Kill9(WorkerOf(await TwoAttemptsRunAsync()));
        (await SweepProgram.EndAsync(run)).Code.ShouldBe(1);
        (await _program.StatusAsync(SweepFixture.Name)).GetProperty("state").GetString()
            .ShouldBe("interrupted");

        var resumed = await _program.RunAsync("resume", SweepFixture.Name);

        resumed.Code.ShouldBe(0, resumed.Error);
        _program.Results(SweepFixture.Name).ShouldBe(sweep.Results);
        (await LostAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_sweep_resumes_beside_a_run_of_another_one_in_the_same_store()
    {
        using var run = StartSweep();
        await TwoAttemptsRunAsync();
        var file = _program.Write(
            "beside.yaml", SweepFixture.File.Replace("name: small-toy", "name: beside", StringComparison.Ordinal));
        (await _program.RunAsync("submit", file)).Code.ShouldBe(0);
        (await _program.StatusAsync("beside")).GetProperty("state").GetString().ShouldBe("waiting");
        (await _program.RunAsync("list")).Output.ShouldContain("beside     waiting  ");

        var resumed = await _program.RunAsync("resume", "beside", "--slots", "1");

        resumed.Code.ShouldBe(0, resumed.Error);
        (await SweepProgram.EndAsync(run)).Code.ShouldBe(0);
        _program.Results("beside").ShouldBe(sweep.Results);
    }

    [Fact]
    public async Task A_run_that_is_killed_has_its_worker_hand_back()
    {
        using var run = StartSweep();
        await TwoAttemptsRunAsync();
        SweepProgram.Kill9(run.Id);
        await _program.WaitAsync(
            SweepFixture.Name, s => s.GetProperty("state").GetString() == "interrupted");

        var resumed = await _program.RunAsync("resume", SweepFixture.Name);

        resumed.Code.ShouldBe(0, resumed.Error);
        _program.Results(SweepFixture.Name).ShouldBe(sweep.Results);
        (await LostAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_interrupt_hands_back_and_resume_repeats_no_finished_trial()
    {
        using var run = StartSweep(slots: 1);   // three trials are left when the first has ended
        await _program.WaitAsync(SweepFixture.Name, s => Ended(s, "completed") >= 1);
        SweepProgram.Interrupt(run.Id);
        var interrupted = await SweepProgram.EndAsync(run);
        interrupted.Code.ShouldBe(130, interrupted.Error);
        interrupted.Output.ShouldContain($"./sweep resume {SweepFixture.Name}");
        var completed = Ended(await _program.StatusAsync(SweepFixture.Name), "completed");

        var unchanged = await _program.RunAsync("run", Path.Combine(_program.Folder, "small.yaml"));
        unchanged.Code.ShouldBe(2);
        unchanged.Error.ShouldContain("resume");
        unchanged.Error.ShouldContain("--new");

        (await _program.RunAsync("resume", SweepFixture.Name)).Code.ShouldBe(0);
        _program.Results(SweepFixture.Name).ShouldBe(sweep.Results);
        var status = await _program.StatusAsync(SweepFixture.Name);
        Ended(status, "completed").ShouldBe(4);
        completed.ShouldBeInRange(1, 4);
        (await LostAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_file_is_refused_while_the_sweep_is_unfinished()
    {
        using var run = StartSweep();
        await TwoAttemptsRunAsync();
        SweepProgram.Interrupt(run.Id);
        await SweepProgram.EndAsync(run);

        var changed = await _program.RunAsync("run", _program.Write(
            "changed.yaml", SweepFixture.File.Replace("steps: 10", "steps: 11", StringComparison.Ordinal)));

        changed.Code.ShouldBe(2);
        changed.Error.ShouldContain("sampler.steps");
        changed.Error.ShouldContain("--new");
    }

    public void Dispose() => _program.Dispose();

    private Process StartSweep(int slots = 2) =>
        _program.Start("run", _program.Write("small.yaml", SweepFixture.File), "--slots", $"{slots}");

    private Task<JsonElement> TwoAttemptsRunAsync() => _program.WaitAsync(
        SweepFixture.Name,
        s => s.GetProperty("attempts").EnumerateArray()
            .Count(a => a.GetProperty("state").GetString() == "running") == 2);

    private async Task<JsonElement[]> LostAsync() =>
        [.. (await _program.StatusAsync(SweepFixture.Name)).GetProperty("attempts").EnumerateArray()
            .Where(a => a.GetProperty("outcome").GetString() == "lost")];

    private static int Ended(JsonElement status, string outcome) =>
        status.GetProperty("attempts").EnumerateArray()
        .Count(a => a.GetProperty("outcome").GetString() == outcome);

    private static int SlotOf(JsonElement status) => status.GetProperty("attempts").EnumerateArray()
        .First(a => a.GetProperty("state").GetString() == "running").GetProperty("processId").GetInt32();

    private static int WorkerOf(JsonElement status)
    {
        var worker = status.GetProperty("attempts")[0].GetProperty("worker").GetString()!;
        return int.Parse(worker[(worker.LastIndexOf('-') + 1)..]);
    }
}
