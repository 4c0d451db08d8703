namespace Tests.EndToEnd;

/// <summary>What <c>run</c> tells before anything is run.</summary>
[Collection(SweepFixture.Collection)]
public sealed class RehearsalTests : IDisposable
{
    private readonly SweepProgram _program = new();

    [Fact]
    public async Task A_dry_run_without_a_test_prints_the_trials_and_trains_nothing()
    {
        var ran = await RunAsync("--dry-run", "--no-test");

        ran.Code.ShouldBe(0, ran.Error);
        ran.Output.TrimEnd().Split('\n').Length.ShouldBe(5);
        ran.Output.ShouldContain("trial  configuration  replicate  initialisation.start\n");
        StoreIsThere().ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_forecasts_time_and_disk_and_keeps_nothing()
    {
        var ran = await RunAsync("--dry-run", "--slots", "2");

        ran.Code.ShouldBe(0, ran.Error);
        ran.Output.ShouldContain("testing 2 configurations, 2 updates and an evaluation each, on 2 slots");
        ran.Output.ShouldMatch(@"(?m)^forecast: (less than a second|\d+:\d\d) of training on 2 slots, at most [\d.]+ [kM]B in the store$");
        ran.Output.ShouldContain("loading and evaluating are not included");
        StoreIsThere().ShouldBeFalse();
    }

    [Fact]
    public async Task A_test_trains_each_configuration_once_and_keeps_nothing()
    {
        var ran = await RunAsync("--test-mode");

        ran.Code.ShouldBe(0, ran.Error);
        ran.Output
            .ShouldMatch(@"(?m)^configuration [0-9a-f]{8} \(start noise\): 0\.\d+ s an update, \d+ bytes, ");
        ran.Output.ShouldMatch(@"(?m)^configuration [0-9a-f]{8} \(start buffer\): 0\.\d+ s an update, ");
        ran.Output.ShouldContain("every configuration runs");
        StoreIsThere().ShouldBeFalse();
    }

    [Fact]
    public async Task Data_that_are_missing_end_a_test_and_leave_a_dry_run_its_trials()
    {
        var file = _program.Write("images.yaml", """
            name: images
            question: Is a missing folder found before anything is trained?
            experiment: two-head
            data: fashion-mnist
            metric: {name: accuracy, goal: maximize}
            """);
        var folder = Path.Combine(_program.Folder, "nothing");

        var test = await SweepProgram.EndAsync(_program.StartWithData(folder, "run", file, "--test-mode"));
        var dry = await SweepProgram.EndAsync(_program.StartWithData(folder, "run", file, "--dry-run"));

        test.Code.ShouldBe(2);
        test.Error.ShouldContain(folder);
        dry.Code.ShouldBe(0);
        dry.Output.ShouldContain("trial  configuration");
        dry.Error.ShouldStartWith("no forecast: ");
    }

    public void Dispose() => _program.Dispose();

    private Task<Ran> RunAsync(params string[] options) =>
        _program.RunAsync(["run", _program.Write("small.yaml", SweepFixture.File), .. options]);

    private bool StoreIsThere() => File.Exists(Path.Combine(_program.Folder, "sweeps.db"));
}
