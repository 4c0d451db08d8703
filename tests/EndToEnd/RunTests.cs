using System.Text.Json;

namespace Tests.EndToEnd;

[Collection(SweepFixture.Collection)]
public sealed class RunTests(SweepFixture sweep)
{
    [Fact]
    public void A_sweep_runs_to_its_report()
    {
        sweep.Ran.Code.ShouldBe(0, sweep.Ran.Error);
        foreach (
            var file in (string[])["report.html", "report.md", "report.json", "trials.csv", "worker.log"])
        {
            File.Exists(Path.Combine(sweep.Undisturbed.Folder, SweepFixture.Name, file)).ShouldBeTrue(file);
        }

        var trials =
            File.ReadAllLines(Path.Combine(sweep.Undisturbed.Folder, SweepFixture.Name, "trials.csv"));
        trials.Length.ShouldBe(5);
        trials[0].ShouldStartWith("trial,configuration,replicate,outcome,initialisation.start,");
    }

    [Fact]
    public void Output_that_is_no_terminal_gets_plain_lines()
    {
        sweep.Ran.Output.ShouldNotContain("\u001b");
        sweep.Ran.Output.ShouldContain("trial 1 (start noise, replicate 1) started on slot");
        sweep.Ran.Output.ShouldContain("report: ");
    }

    [Fact]
    public async Task A_report_regenerates_to_the_same_bytes_from_the_store_alone()
    {
        var again = Path.Combine(sweep.Undisturbed.Folder, "again");
        (await sweep.Undisturbed.RunAsync("report", SweepFixture.Name, "--out", again)).Code.ShouldBe(0);

        ShouldBeTheFirstReport(again);
    }

    [Fact]
    public async Task A_copy_of_the_store_on_another_path_in_another_place_of_the_world_gives_the_same_bytes()
    {
        using var elsewhere = new SweepProgram { Zone = "Asia/Kathmandu", Language = "tr_TR.UTF-8" };
        foreach (var file in Directory.GetFiles(sweep.Undisturbed.Folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(sweep.Undisturbed.Folder, file);
            if (!relative.StartsWith("sweeps.db", StringComparison.Ordinal))
            {
                continue;   // the report that there is
            }

            var copy = Path.Combine(elsewhere.Folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var ran = await elsewhere.RunAsync("report", SweepFixture.Name);

        ran.Code.ShouldBe(0, ran.Error);
        ShouldBeTheFirstReport(Path.Combine(elsewhere.Folder, SweepFixture.Name));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_one_sentence()
    {
        var occupied = sweep.Undisturbed.Write("occupied", "a file where a folder should be");

        var ran = await sweep.Undisturbed.RunAsync("report", SweepFixture.Name, "--out", occupied);

        ran.Code.ShouldBe(2);
        ran.Error.ShouldBe($"the report cannot be written to {occupied}: it is a file, and a folder was expected\n");
    }

    [Fact]
    public async Task One_slot_gives_the_same_results_as_two()
    {
        using var other = new SweepProgram();
        var ran = await other.RunAsync("run", other.Write("small.yaml", SweepFixture.File), "--slots", "1");

        ran.Code.ShouldBe(0, ran.Error);
        other.Results(SweepFixture.Name).ShouldBe(sweep.Results);
    }

    [Fact]
    public async Task The_same_file_again_is_another_sweep_once_the_first_is_completed()
    {
        using var other = new SweepProgram();
        var file = other.Write("tiny.yaml", SweepFixture.File.Replace("800", "5", StringComparison.Ordinal));
        (await other.RunAsync("run", file)).Code.ShouldBe(0);
        (await other.RunAsync("run", file)).Code.ShouldBe(0);

        (await other.StatusAsync("small-toy-2")).GetProperty("state").GetString().ShouldBe("completed");
        other.Results("small-toy-2").ShouldBe(other.Results("small-toy"));
    }

    [Fact]
    public async Task Status_is_json_for_machines()
    {
        var status = await sweep.Undisturbed.StatusAsync(SweepFixture.Name);

        status.GetProperty("sweep").GetString().ShouldBe(SweepFixture.Name);
        status.GetProperty("state").GetString().ShouldBe("completed");
        status.GetProperty("trials").GetProperty("completed").GetInt32().ShouldBe(4);
        var attempts = status.GetProperty("attempts").EnumerateArray().ToArray();
        attempts.Length.ShouldBe(4);
        attempts[0].GetProperty("state").GetString().ShouldBe("ended");
        attempts[0].GetProperty("outcome").GetString().ShouldBe("completed");
        attempts[0].GetProperty("processId").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task The_log_beside_the_report_says_what_ran_and_what_happened()
    {
        var log = await File.ReadAllLinesAsync(
            Path.Combine(sweep.Undisturbed.Folder, SweepFixture.Name, "sweep.log"));

        log[0].ShouldStartWith("# ");
        log[0].ShouldContain("sweep small-toy started: 0 of 4 trials done, 2 slots");
        log.Count(line => line.Contains("# configuration") && line.Contains("\"training.updates\":800"))
            .ShouldBe(2);
        log.ShouldContain(line => line.StartsWith("# device "));
        log.Count(line => line.Contains(" started on slot ")).ShouldBe(4);
        log.Count(line => line.Contains(" completed after ")).ShouldBe(4);
        log[^1].ShouldEndWith("Z every trial has its outcome");
    }

    [Fact]
    public async Task A_quiet_run_with_settings_says_where_its_report_is_and_no_more()
    {
        using var other = new SweepProgram();
        var log = Path.Combine(other.Folder, "logs", "mine.log");
        var ran = await other.RunAsync(
            "run", other.Write("small.yaml", SweepFixture.File), "--quiet", "--log-file", log,
            "--set", "training.updates=5", "--set", "replicates=1", "--set", "initialisation.start=noise");

        ran.Code.ShouldBe(0, ran.Error);
        ran.Error.ShouldBeEmpty();
        ran.Output.Trim().ShouldBe($"report: {Path.Combine(SweepFixture.Name, "report.html")}");
        (await File.ReadAllTextAsync(log)).ShouldContain(
            "# changed on the command line: --set training.updates=5 --set replicates=1");
        File.Exists(Path.Combine(other.Folder, SweepFixture.Name, "sweep.log")).ShouldBeFalse();
        File.ReadAllLines(Path.Combine(other.Folder, SweepFixture.Name, "trials.csv")).Length.ShouldBe(2);
    }

    private void ShouldBeTheFirstReport(string folder)
    {
        var written = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        written.Length.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var file in written)
        {
            var first = Path.Combine(
                sweep.Undisturbed.Folder, SweepFixture.Name, Path.GetRelativePath(folder, file));
            File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(first), file);
        }
    }
}
