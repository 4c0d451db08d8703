using Orchestrator.Cli;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Tests.Contracts;
using Tests.EngineSql;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class RunLogTests : IAsyncDisposable
{
    private readonly SqliteFile _store = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("run-log-");
    private readonly List<string> _complaints = [];
    private readonly Progress _progress = new();

    private string Path => System.IO.Path.Combine(_folder.FullName, "deep", "sweep.log");

    [Fact]
    public async Task A_log_begins_with_what_is_run_on_what_and_goes_on_with_events()
    {
        await using var engine = await StoreAsync();
        using var file = new RunLogFile(Path, _complaints.Add);
        var log = new RunLog(file, engine, _progress.Events);
        log.Begin(_progress.State, 2, Given.At(1));
        _progress.Do(Given.Claim(2));
        await log.FollowAsync(_progress.Rows(2), Given.At(2));
        (await LinesAsync()).Length.ShouldBe(4);   // the head waits for the trial to describe itself

        await engine.PutAsync(Description(Given.Attempt(1)), default);
        await log.FollowAsync(_progress.Rows(3), Given.At(3));
        _progress.Do(Given.Finish(9, Given.Attempt(1), AttemptOutcome.Failed));
        await log.FollowAsync(_progress.Rows(9), Given.At(9));
        log.End("every trial has its outcome", Given.At(10));

        var id = _progress.State.Plan!.Configurations[0].Id;
        (await LinesAsync()).ShouldBe(
        [
            "# 2026-03-01T12:00:01.000Z sweep demo started: 0 of 2 trials done, 2 slots, program program-1",
            "# question: Does it work?",
            "# experiment toy, data its own, seed 1, metric kl (minimize)",
            $"# configuration {id} (step_size 1): "
                + """{"initialisation.start":"noise","sampler.step_size":1}""",
            "# device Fake CPU, kernel fake-kernel, libtorch 1.13.1, onednn 2.7",
            "# data fashion-mnist: 60,000 train, 10,000 test, shape 1×28×28",
            $"# configuration {id}: 1,234 parameters, 2 layers",
            "#   1. conv 1→8",
            "#   2. linear 8→1",
            "2026-03-01T12:00:02.000Z trial 1 (step_size 1, replicate 1) started on slot 1",
            "2026-03-01T12:00:09.000Z trial 1 (step_size 1, replicate 1) failed after 0:07: it went wrong",
            "2026-03-01T12:00:10.000Z every trial has its outcome",
        ]);
        _complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trial_that_describes_nothing_is_said_to()
    {
        await using var engine = await StoreAsync();
        using var file = new RunLogFile(Path, _complaints.Add);
        var log = new RunLog(file, engine, _progress.Events);
        _progress.Do(Given.Claim(2));
        _progress.Report(10, gap: 1);
        await log.FollowAsync(_progress.Rows(3), Given.At(3));

        (await LinesAsync())[1..].ShouldBe(
        [
            "# layers, parameter count and data sizes are not known: the trial stored no description",
            "2026-03-01T12:00:02.000Z trial 1 (step_size 1, replicate 1) started on slot 1",
        ]);
    }

    [Fact]
    public async Task A_resumed_run_appends_after_a_head_of_its_own_even_to_a_line_that_was_cut_off()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await File.WriteAllTextAsync(Path, "# the first run\n2026-03-01T11:59:00.000Z trial 1 was cut o");
        await using var engine = await StoreAsync();
        _progress.Do(Given.Claim(2)).Do(Given.HandBack(3, Given.Attempt(1)));
        using (var file = new RunLogFile(Path, _complaints.Add))
        {
            new RunLog(file, engine, _progress.Events).Begin(_progress.State, 1, Given.At(4));
        }

        var lines = await LinesAsync();
        lines[..2].ShouldBe(["# the first run", "2026-03-01T11:59:00.000Z trial 1 was cut o"]);
        lines[2].ShouldStartWith("# 2026-03-01T12:00:04.000Z sweep demo resumed: 0 of 2 trials done, 1 slot");
    }

    [Fact]
    public void A_log_that_cannot_be_written_complains_once_and_the_run_goes_on()
    {
        using var file = new RunLogFile(_folder.FullName, _complaints.Add);   // a folder, not a file

        file.Write(["one"]);
        file.Write(["two"]);

        _complaints.ShouldHaveSingleItem().ShouldContain(_folder.FullName);
    }

    [Fact]
    public void Whether_a_log_can_be_written_is_found_out_without_leaving_one()
    {
        RunLogFile.WhyUnwritable(Path).ShouldBeNull();
        File.Exists(Path).ShouldBeFalse();
        RunLogFile.WhyUnwritable(_folder.FullName)!.ShouldStartWith("--log-file takes the path of a file");
        File.WriteAllText(Path, "kept");
        RunLogFile.WhyUnwritable(Path).ShouldBeNull();
        RunLogFile.WhyUnwritable(System.IO.Path.Combine(Path, "inner"))!.ShouldContain("cannot be written");
        File.ReadAllText(Path).ShouldBe("kept\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<global::Engine.Sql.SqliteEngine> StoreAsync()
    {
        var engine = await _store.OpenSqliteAsync(new ManualTime());
        var plan = Given.Plan(2);
        await engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", plan, Given.Program, BesideUnfinished: false), default);
        return engine;
    }

    private static Artifact Description(AttemptId attempt) => new(
        attempt,
        TrialDescription.FileName,
        TrialDescription.MediaType,
        new TrialDescription(
            new TrialData("fashion-mnist", 60_000, 10_000, [1, 28, 28]), ["conv 1→8", "linear 8→1"], 1_234).ToBytes());

    private async Task<string[]> LinesAsync() =>
        (await File.ReadAllTextAsync(Path)).TrimEnd('\n').Split('\n');
}
