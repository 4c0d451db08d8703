namespace Tests.EndToEnd;

[Collection(SweepFixture.Collection)]
public sealed class WatchTests : IDisposable
{
    private const string Name = SweepFixture.Name;

    private readonly SweepProgram _program = new();

    [Fact]
    public async Task Watch_follows_what_another_process_runs_to_its_end()
    {
        var file = _program.Write("small.yaml", SweepFixture.File);
        using var run = _program.Start("run", file, "--quiet");
        await _program.WaitAsync(
            Name, status => status.GetProperty("trials").TryGetProperty("running", out _));

        var watched = await _program.RunAsync("watch", Name);

        watched.Code.ShouldBe(0, watched.Error);
        watched.Output.ShouldContain("trial 1 (start noise, replicate 1) started on slot ");
        watched.Output.ShouldContain("trial 4 (start buffer, replicate 2) completed after ");
        watched.Output.ShouldEndWith(
            "every trial has its outcome; ./sweep report small-toy compares them\n");
        (await SweepProgram.EndAsync(run)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Watch_says_that_nobody_works_and_leaves_the_sweep_alone_when_interrupted()
    {
        var file = _program.Write("small.yaml", SweepFixture.File);
        (await _program.RunAsync("submit", file)).Code.ShouldBe(0);
        var before = await SeenAsync();

        using var watch = _program.Start("watch", Name);
        var said = await watch.StandardOutput.ReadLineAsync();
        SweepProgram.Interrupt(watch.Id);
        var ended = await SweepProgram.EndAsync(watch);

        said.ShouldBe(
            "no worker works on small-toy: start one with ./sweep worker, or go on with ./sweep resume small-toy");
        ended.Code.ShouldBe(130);
        ended.Output.ShouldBe(
            "watching ended, the sweep was left alone; see ./sweep status small-toy\n");
        (await SeenAsync()).ShouldBe(before);
        Directory.Exists(Path.Combine(_program.Folder, Name)).ShouldBeFalse();
    }

    public void Dispose() => _program.Dispose();

    private async Task<string> SeenAsync() => (await _program.RunAsync("status", Name)).Output;
}
