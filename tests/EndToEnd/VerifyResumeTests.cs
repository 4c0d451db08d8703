using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>A trial that is killed and resumed by the built programs.</summary>
[Collection(SweepFixture.Collection)]
public sealed class VerifyResumeTests : IDisposable
{
    private readonly SweepProgram _program = new();

    [Fact]
    public async Task A_killed_toy_goes_on_from_its_checkpoint_to_equal_results_and_nothing_is_left()
    {
        var file = _program.Write("small.yaml", SweepFixture.File);

        var ran = await _program.RunAsync(
            "verify-resume", file, "--trial", "3", "--set", "training.updates=100", "-o", "json");

        ran.Code.ShouldBe(0, ran.Error);
        var found = JsonSerializer.Deserialize<JsonElement>(ran.Output);
        found.GetProperty("experiment").GetString().ShouldBe("toy");
        found.GetProperty("begunFrom").GetInt32().ShouldBe(51);
        found.GetProperty("killedAt").GetInt32().ShouldBeInRange(51, 100);
        found.GetProperty("points").GetInt32().ShouldBeGreaterThan(100);
        found.GetProperty("artifacts").GetInt32().ShouldBe(3, "samples, landscape and model");
        found.GetProperty("differing").GetArrayLength().ShouldBe(0);
        Directory.GetFileSystemEntries(_program.Folder).ShouldBe([file]);
    }

    [Fact]
    public async Task The_table_names_what_was_compared()
    {
        var ran = await _program.RunAsync(
            "verify-resume", _program.Write("small.yaml", SweepFixture.File), "--set", "training.updates=40");

        ran.Code.ShouldBe(0, ran.Error);
        var lines = ran.Output.Trim().Split('\n');
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("experiment  updates  killed at  began again from");
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2].ShouldBe(["toy", "40"]);
        ran.Error.ShouldContain("killed; going on from update 21");
    }

    [Fact]
    public async Task A_trial_that_there_is_not_is_refused_in_one_sentence()
    {
        var ran = await _program.RunAsync(
            "verify-resume", _program.Write("small.yaml", SweepFixture.File), "--trial", "5");

        ran.Code.ShouldBe(2);
        ran.Error.Trim().ShouldBe(
            "--trial takes a whole number from 1 to 4, the trials of small-toy, not 5");
    }

    public void Dispose() => _program.Dispose();
}
