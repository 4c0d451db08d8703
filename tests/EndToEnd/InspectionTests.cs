using System.Text.Json;
using Tests.Orchestrator;

namespace Tests.EndToEnd;

/// <summary>
/// What the inspecting commands print of a sweep that ran, and that it is as the schemas say.
/// </summary>
[Collection(SweepFixture.Collection)]
public sealed class InspectionTests(SweepFixture sweep) : IDisposable
{
    private const string Name = SweepFixture.Name;

    private readonly SweepProgram _program = new();

    [Fact]
    public async Task Every_json_output_of_a_sweep_that_ran_is_as_its_schema_says()
    {
        (await JsonAsync("list")).GetArrayLength().ShouldBe(1);
        (await JsonAsync("status", Name)).GetProperty("trials").GetProperty("completed").GetInt32()
            .ShouldBe(4);
        (await JsonAsync("logs", Name, "2")).GetProperty("attempts").GetArrayLength().ShouldBe(1);
        (await JsonAsync("workers", "--all")).ValueKind.ShouldBe(JsonValueKind.Array);

        var events = await JsonAsync("events", Name);
        events.EnumerateArray().Select(e => e.GetProperty("version").GetInt32())
            .ShouldBe(Enumerable.Range(1, events.GetArrayLength()));
        events[0].GetProperty("event").GetString().ShouldBe("sweep-submitted");
        events[0].GetProperty("by").GetString().ShouldNotBeNullOrEmpty();
        events.EnumerateArray().Count(e => e.GetProperty("event").GetString() == "attempt-finished")
            .ShouldBe(4);

        var attempt = (await JsonAsync("trial", Name, "2")).GetProperty("attempts")[0];
        attempt.GetProperty("lastUpdate").GetInt32().ShouldBe(800);
        attempt.GetProperty("metrics").GetProperty("kl").GetProperty("step").GetInt32().ShouldBe(800);
        attempt.GetProperty("artifacts").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_submission_as_json_is_as_its_schema_says()
    {
        var ran =
            await _program.RunAsync("submit", _program.Write("small.yaml", SweepFixture.File), "-o", "json");

        OutputSchemas.ShouldMatch("submit", ran.Output).GetProperty("trials").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task Events_are_sentences_and_following_a_sweep_that_ended_ends()
    {
        var printed = await sweep.Undisturbed.RunAsync("events", Name);
        var followed = await sweep.Undisturbed.RunAsync("events", Name, "-f");

        followed.Code.ShouldBe(0, followed.Error);
        followed.Output.ShouldBe(printed.Output);
        printed.Output
            .ShouldContain("  sweep small-toy was submitted: 4 trials of 2 configurations, program ");
        printed.Output.TrimEnd().ShouldEndWith("  every trial has its outcome: the sweep is completed");
    }

    [Fact]
    public async Task A_trial_and_its_log_are_shown_for_people()
    {
        var trial = await sweep.Undisturbed.RunAsync("trial", Name, "3");
        trial.Output.ShouldStartWith("trial 3 of small-toy: completed\nconfiguration ");
        trial.Output.ShouldContain("\n    began ");

        var logs = await sweep.Undisturbed.RunAsync("logs", Name, "3");
        logs.Output.ShouldContain(": begins at update 0\n");
        logs.Output.Trim().ShouldEndWith(": completed after update 800");
        trial.Output.ShouldContain(": completed after update 800\n");
        var followed = await sweep.Undisturbed.RunAsync("logs", Name, "3", "-f");
        followed.Code.ShouldBe(0, followed.Error);
        followed.Output.ShouldContain("trial 3: update 800, loss ");
        followed.Output.ShouldEndWith(logs.Output);
    }

    [Fact]
    public async Task The_log_of_a_running_attempt_is_followed_to_its_end_and_each_line_comes_once()
    {
        var file = SweepFixture.File.Replace("updates: 800", "updates: 4000", StringComparison.Ordinal)
            + "\ncheckpoint: {every_updates: 500}\n";
        using var run = _program.Start("run", _program.Write("long.yaml", file), "--slots", "1", "--quiet");
        await _program.WaitAsync(
            Name, status => status.GetProperty("trials").TryGetProperty("running", out _));

        var followed = await _program.RunAsync("logs", Name, "1", "-f");

        followed.Code.ShouldBe(0, followed.Error);
        var lines = followed.Output.Split('\n');
        lines.Count(line => line.StartsWith("# attempt 1 on slot 1 of ", StringComparison.Ordinal)).ShouldBe(2);
        lines.Count(line => line.EndsWith(", running", StringComparison.Ordinal)
            || line.EndsWith(", running; no line of it is stored yet", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.EndsWith(": begins at update 0", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains(": checkpoint of update 1000: ", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.EndsWith(": completed after update 4000", StringComparison.Ordinal)).ShouldBe(1);
        SweepProgram.Interrupt(run.Id);
        await SweepProgram.EndAsync(run);
    }

    [Theory]
    [InlineData("sweep small-toy has no trial 5: its trials are 1 to 4", "trial", Name, "5")]
    [InlineData("sweep small-toy has no trial 0: its trials are 1 to 4", "logs", Name, "0")]
    [InlineData("-f prints lines as they come: leave -o json away", "events", Name, "-f", "-o", "json")]
    [InlineData("-f prints lines as they come: leave -o json away", "logs", Name, "1", "-f", "-o", "json")]
    [InlineData("-o takes one of table, json, not 'csv'", "workers", "-o", "csv")]
    public async Task Wrong_input_is_one_sentence(string sentence, params string[] arguments)
    {
        var ran = await sweep.Undisturbed.RunAsync(arguments);

        ran.Code.ShouldBe(2, ran.Output);
        ran.Error.Split('\n')[0].ShouldBe(sentence);
    }

    public void Dispose() => _program.Dispose();

    private async Task<JsonElement> JsonAsync(string command, params string[] rest)
    {
        var ran = await sweep.Undisturbed.RunAsync([command, .. rest, "-o", "json"]);
        ran.Code.ShouldBe(0, ran.Error);
        return OutputSchemas.ShouldMatch(command, ran.Output);
    }
}
