using Engine.Akka.Inspection;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.EngineAkka;

/// <summary>What <c>./sweep cluster</c> and pbm answer.</summary>
public sealed class ClusterQuestionTests : IAsyncLifetime
{
    private readonly AkkaFile _file = new();
    private IStore _engine = null!;

    public async Task InitializeAsync()
    {
        _engine = await _file.OpenAsync();
        await _engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(2), Given.Program, BesideUnfinished: false), default);
        await _engine.SendAsync("demo", Given.Claim(2), default);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task Sweeps_and_trials_are_shown_as_they_stand()
    {
        (await Ask("sweeps", "list")).ShouldBe(["demo (toy): unfinished, 2 trials, 1 waiting, 1 running"]);
        (await Ask("sweeps", "show", "demo")).ShouldBe(
        [
            "demo (toy): unfinished, 2 trials, 1 waiting, 1 running", "trial 1: running, 1 attempt",
            "trial 2: waiting, 0 attempts",
        ]);
        (await Ask("trial", "show", "demo", "1")).ToList().ShouldSatisfyAllConditions(
            lines => lines[0].ShouldBe("trial 1 of demo: running"),
            lines => lines[1].ShouldStartWith("attempt 1: running on slot 1 of w1 since 2026-03-01"));
        await using var joined = await _engine.JoinAsync("w1", default);
        (await Ask("workers", "list")).ShouldBe(["no worker lives"], "it has said nothing of itself yet");
    }

    [Fact]
    public async Task A_sweep_is_paused_resumed_and_cancelled()
    {
        (await Ask("sweep", "pause", "demo")).ShouldHaveSingleItem().ShouldContain("paused");
        (await Ask("sweep", "resume", "demo")).ShouldHaveSingleItem().ShouldContain("unfinished");
        (await Ask("sweep", "cancel", "demo")).ShouldHaveSingleItem().ShouldContain("cancelled");

        var (isAnswered, lines) = await Question("sweep", "pause").AskAsync(_engine, ["demo"]);
        isAnswered.ShouldBeFalse();
        lines.ShouldBe([$"demo: refused, {Rejection.SweepEnded}"]);
    }

    [Fact]
    public async Task What_is_not_there_is_one_line()
    {
        (await Question("sweeps", "show").AskAsync(_engine, ["nobody"])).Lines
            .ShouldBe(["there is no sweep nobody"]);
        (await Question("trial", "show").AskAsync(_engine, ["demo", "9"])).Lines
            .ShouldBe(["demo has no trial 9, it has 1 to 2"]);
    }

    private async Task<IEnumerable<string>> Ask(string subject, string verb, params string[] arguments)
    {
        var (isAnswered, lines) = await Question(subject, verb).AskAsync(_engine, arguments);
        isAnswered.ShouldBeTrue(string.Join('\n', lines));
        return lines;
    }

    private static ClusterQuestion Question(string subject, string verb) =>
        ClusterQuestion.All.Single(question => question.Subject == subject && question.Verb == verb);
}
