using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>
/// Submitting, and the words of control, on a real store; nobody works on it unless a test says so.
/// </summary>
[Collection(SweepFixture.Collection)]
public sealed class ControlTests : IDisposable
{
    private const string Name = SweepFixture.Name;

    private readonly SweepProgram _program = new();

    private string File => _program.Write("small.yaml", SweepFixture.File);

    private string Tiny => _program.Write(
        "tiny.yaml",
        SweepFixture.File.Replace("800", "5", StringComparison.Ordinal)
            .Replace("replicates: 2", "replicates: 1", StringComparison.Ordinal));

    [Fact]
    public async Task Submit_returns_at_once_and_says_who_runs_it()
    {
        var ran = await _program.RunAsync("submit", File, "--set", "replicates=3");

        ran.Code.ShouldBe(0, ran.Error);
        ran.Output.ShouldBe(
            "sweep small-toy: 6 trials, store sweeps.db\n"
            + "./sweep worker runs it, on any box that reaches the store; ./sweep watch small-toy follows it\n");
        var status = await _program.StatusAsync(Name);
        status.GetProperty("state").GetString().ShouldBe("waiting");
        status.GetProperty("trials").GetProperty("waiting").GetInt32().ShouldBe(6);
    }

    [Fact]
    public async Task What_is_submitted_paused_with_a_priority_is_both_from_the_start()
    {
        var ran = await _program.RunAsync("submit", File, "--paused", "--priority", "-2", "-o", "json");

        ran.Code.ShouldBe(0, ran.Error);
        var submitted = JsonSerializer.Deserialize<JsonElement>(ran.Output);
        submitted.GetProperty("sweep").GetString().ShouldBe(Name);
        submitted.GetProperty("state").GetString().ShouldBe("paused");
        var listed = await ListedAsync();
        listed.GetProperty("state").GetString().ShouldBe("paused");
        listed.GetProperty("priority").GetInt32().ShouldBe(-2);
        listed.GetProperty("waiting").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task An_unfinished_sweep_is_not_submitted_twice_but_beside_itself_or_after_its_end()
    {
        await DoneAsync("submit", File);

        var again = await _program.RunAsync("submit", File);
        again.Code.ShouldBe(2);
        again.Error.ShouldBe(
            "sweep small-toy is unfinished; go on with ./sweep resume small-toy, or submit another beside it "
            + "with --new\n");
        (await DoneAsync("submit", File, "--new")).ShouldStartWith("sweep small-toy-2: ");
        await DoneAsync("cancel", Name);
        await DoneAsync("cancel", "small-toy-2");
        (await DoneAsync("submit", File)).ShouldStartWith("sweep small-toy-3: ");
    }

    [Fact]
    public async Task A_trial_is_cancelled_and_opened_again()
    {
        await DoneAsync("submit", File);

        (await DoneAsync("cancel", Name, "--trial", "2")).ShouldBe(
            "trial 2 of small-toy is cancelled: it had not started\n");
        (await _program.StatusAsync(Name)).GetProperty("trials").GetProperty("cancelled").GetInt32()
            .ShouldBe(1);
        (await DoneAsync("retry", Name, "2")).ShouldBe(
            "trial 2 of small-toy waits again: it begins at update 0, with all its retries\n"
            + "no worker works on small-toy: start one with ./sweep worker, or go on with "
            + "./sweep resume small-toy\n");
        (await _program.StatusAsync(Name)).GetProperty("trials").TryGetProperty("cancelled", out _)
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Limits_change_one_at_a_time_and_status_says_them()
    {
        await DoneAsync("submit", File);
        await DoneAsync("limits", Name, "--concurrency", "2");
        await DoneAsync("limits", Name, "--budget", "90m");
        (await DoneAsync("limits", Name)).ShouldStartWith(
            "sweep small-toy: at most 2 trials at once, at most 1:30:00 of slot time; ");
        (await DoneAsync("status", Name))
            .ShouldContain("its limits: at most 2 trials at once, at most 1:30:00");

        (await DoneAsync("limits", Name, "--concurrency", "none", "--budget", "none")).ShouldStartWith(
            "sweep small-toy: as many trials at once as there are slots, no budget of slot time; ");
    }

    [Fact]
    public async Task A_paused_sweep_runs_once_it_is_resumed()
    {
        await DoneAsync("submit", Tiny, "--paused");
        (await DoneAsync("status", Name)).ShouldContain(
            "\nnothing of it runs, 2 wait; go on with ./sweep resume small-toy\n");

        (await DoneAsync("resume", Name)).ShouldContain("sweep small-toy: 0 of 2 trials done, ");

        (await _program.StatusAsync(Name)).GetProperty("state").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_cancelled_sweep_stays_so_and_still_has_a_report()
    {
        await DoneAsync("submit", File);
        (await DoneAsync("cancel", Name)).ShouldStartWith(
            "sweep small-toy is cancelled: 0 running trials and 4 waiting ones were ended, 0 had an outcome");

        foreach (var word in (string[])["resume", "cancel", "pause"])
        {
            var ran = await _program.RunAsync(word, Name);
            ran.Code.ShouldBe(2, word);
            ran.Error.ShouldBe(
                "sweep small-toy is cancelled, which is for good: submit its file again for another try\n", word);
        }

        (await DoneAsync("report", Name)).ShouldStartWith("report: ");
        (await DoneAsync("watch", Name, code: 1)).ShouldContain("sweep small-toy is cancelled; ");
    }

    [Fact]
    public async Task An_extended_sweep_has_the_results_of_one_that_was_whole_from_the_start()
    {
        await DoneAsync("run", Tiny);
        (await DoneAsync(
            "extend", Name, "--replicates", "2", "--set", "initialisation.start={values: [noise, data, buffer]}"))
            .ShouldStartWith(
                "sweep small-toy is extended by trials 3 to 6: 1 new configuration and more replicates of ");
        (await _program.StatusAsync(Name)).GetProperty("state").GetString().ShouldBe("waiting");
        await DoneAsync("resume", Name);

        await DoneAsync(
            "run", Tiny, "--new", "--set", "replicates=2",
            "--set", "initialisation.start={values: [noise, data, buffer]}");

        var extended = Values(Name);
        extended.Count.ShouldBe(6);
        extended.ShouldBe(Values("small-toy-2"));
    }

    [Theory]
    [InlineData("has no trial 5: its trials are 1 to 4", "retry", Name, "5")]
    [InlineData("trial 1 of small-toy is waiting: only a failed or cancelled", "retry", Name, "1")]
    [InlineData("a trial is a whole number from 1, not 'one'", "retry", Name, "one")]
    [InlineData("sweep small-toy has no trial 0: its", "cancel", Name, "--trial", "0")]
    [InlineData("a priority is a whole number from -1000000", "priority", Name, "high")]
    [InlineData("--concurrency takes a whole number from 1", "limits", Name, "--concurrency", "0")]
    [InlineData("--budget takes a time such as 30s, 90m", "limits", Name, "--budget", "12 hours")]
    [InlineData("this one differs in seed: submit it", "extend", Name, "--set", "seed=9")]
    [InlineData("has all these trials already", "extend", Name)]
    [InlineData("--replicates takes a whole number from 1", "extend", Name, "--replicates", "0")]
    [InlineData("has 2 replicates already", "extend", Name, "--replicates", "1")]
    [InlineData(
        "lacks some of parameters.initialisation.start",
        "extend", Name, "--set", "initialisation.start={values: [noise]}")]
    [InlineData("there is no sweep other; the store", "pause", "other")]
    public async Task Wrong_input_is_one_sentence_and_changes_nothing(
        string sentence, params string[] arguments)
    {
        await DoneAsync("submit", File);
        var before = await DoneAsync("status", Name);

        var ran = await _program.RunAsync(arguments);

        ran.Code.ShouldBe(2, ran.Output);
        ran.Error.Split('\n')[0].ShouldContain(sentence);
        ran.Output.ShouldBeEmpty();
        (await DoneAsync("status", Name)).ShouldBe(before);
    }

    public void Dispose() => _program.Dispose();

    private async Task<string> DoneAsync(string command, string first, params string[] rest)
    {
        var ran = await _program.RunAsync([command, first, .. rest]);
        ran.Code.ShouldBe(0, ran.Error);
        return ran.Output;
    }

    private async Task<string> DoneAsync(string command, string first, int code)
    {
        var ran = await _program.RunAsync(command, first);
        ran.Code.ShouldBe(code, ran.Error);
        return ran.Output;
    }

    private async Task<JsonElement> ListedAsync() => JsonSerializer.Deserialize<JsonElement>(
        (await _program.RunAsync("list", "-o", "json")).Output)[0];

    /// <summary>The distance to the truth by configuration and replicate.</summary>
    private SortedDictionary<string, double> Values(string sweep) => new(
        JsonSerializer.Deserialize<JsonElement>(_program.Results(sweep))
            .GetProperty("trials").EnumerateArray()
            .ToDictionary(
                t => $"{t.GetProperty("configuration")} {t.GetProperty("replicate")}",
                t => t.GetProperty("metrics").GetProperty("kl").GetDouble()),
        StringComparer.Ordinal);
}
