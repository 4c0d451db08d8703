using System.Collections.Immutable;
using Orchestrator.Cli;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class TrialViewTests
{
    private readonly Scenario _sweep = Scenario.Submitted(2, retries: 2).After(
        Given.Claim(2, "box-1"),
        Given.Checkpoint(60, Given.Attempt(1), update: 40),
        Given.Finish(65, Given.Attempt(1), AttemptOutcome.Failed) with { Updates = 50 },
        Given.Claim(70, "box-2"));

    private readonly Dictionary<AttemptId, ImmutableArray<MetricBatch>> _batches = new()
    {
        [Given.Attempt(1)] = [Batch(1, 1, 10, 0.5), Batch(1, 2, 50, double.NaN)],
        [Given.Attempt(1, 2)] = [Batch(2, 1, 60, 0.25)],
    };

    private readonly ImmutableArray<ArtifactEntry> _artifacts =
    [
        new(Given.Attempt(1), "samples.png", "image/png", "ab12", 1_540),
        new(Given.Attempt(2), "of another trial", "image/png", "ab13", 1),
    ];

    private readonly ImmutableArray<WorkerSighting> _seen =
    [
        WorkerReports.Of("box-1", Given.Attempt(1), new LogEnd(1, ["what is older than its end"])),
        WorkerReports.Of("box-3", Given.Attempt(1, 2), new LogEnd(1, ["of a worker that does not run it"])),
        WorkerReports.Of("box-2", Given.Attempt(1, 2), new LogEnd(8, ["eighth"])),
    ];

    private TrialView View => TrialView.Of(_sweep.State, 1, _batches, _artifacts, _seen);

    [Fact]
    public void A_trial_reads_as_what_happened_to_each_attempt() =>
        TrialText.Of(View, "step_size 1").ShouldBe(
        [
            "trial 1 of demo: running",
            $"configuration {View.Configuration} (step_size 1), replicate 1",
            "",
            "attempt 1: failed: it went wrong",
            "    where        slot 1 of box-1, process 4001",
            "    device       Fake CPU, fake-kernel, libtorch 1.13.1, onednn 2.7",
            "    program      program-1",
            "    time         2026-03-01 12:00:02Z to 2026-03-01 12:01:05Z, 1:03",
            "    began        at update 0",
            "    reported     updates 10 to 50; its newest checkpoint is of update 40",
            "    loss         – at update 50",
            "    samples.png  1.54 kB, image/png",
            "    the last of its log; all that is stored: ./sweep logs",
            "    | last line",
            "",
            "attempt 2: running",
            "    where     slot 1 of box-2, process 4001",
            "    device    Fake CPU, fake-kernel, libtorch 1.13.1, onednn 2.7",
            "    program   program-1",
            "    time      since 2026-03-01 12:01:10Z",
            "    began     after update 40, from the checkpoint of attempt 1",
            "    reported  updates 60 to 60",
            "    loss      0.250 at update 60",
            "    the last of its log; all that is stored: ./sweep logs",
            "    | (lines left out before this: 7)",
            "    | eighth",
        ]);

    [Fact]
    public void The_json_is_as_its_schema_says()
    {
        var json = OutputSchemas.ShouldMatch("trial", Printed.JsonText(View));

        var first = json.GetProperty("attempts")[0];
        first.GetProperty("metrics").GetProperty("loss").GetProperty("value").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
        first.GetProperty("artifacts").GetArrayLength().ShouldBe(1);
        var second = json.GetProperty("attempts")[1];
        second.GetProperty("beganAfterUpdate").GetInt32().ShouldBe(40);
        second.GetProperty("fromAttempt").GetInt32().ShouldBe(1);
        second.GetProperty("firstUpdate").GetInt32().ShouldBe(60);
        json.GetProperty("parameters").GetProperty("sampler.step_size").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void A_trial_that_has_not_started_says_what_it_waits_for()
    {
        var waiting = TrialView.Of(Scenario.Waiting(1).State, 1, _batches, [], []);
        TrialText.Of(waiting, "step_size 1").Skip(2).ShouldBe(
            ["it waits for model.safetensors of parent", "no attempt has started"]);

        var released = TrialView.Of(
            Scenario.Waiting(1).After(new SweepCommand.ReleaseTrial(
                Given.Id(2), Given.At(2), 1, new ParentArtifact(
                    Given.Attempt(1, 2, "parent"), ParentSweep.Model, "ab12"))).State,
            1, _batches, [], []);
        TrialText.Of(released, "step_size 1").Skip(2).ShouldBe(
        [
            "it begins with model.safetensors of trial 1 of parent, attempt 2, sha256 ab12", "no attempt has started",
        ]);
        OutputSchemas.ShouldMatch("trial", Printed.JsonText(released)).GetProperty("parent").GetProperty("sha256")
            .GetString().ShouldBe("ab12");

        var failed = Scenario.Submitted(1, retries: 1).After(
            Given.Claim(2), Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed));
        TrialText.Of(TrialView.Of(failed.State, 1, _batches, [], []), "")
            .ShouldContain("it may start again at 2026-03-01 12:00:04Z");
    }

    [Fact]
    public void Logs_are_those_of_every_attempt_and_say_where_there_is_none()
    {
        var logs = LogsView.Of(_sweep.State, 1, []);

        LogsView.Lines(logs).ShouldBe(
        [
            "# attempt 1 on slot 1 of box-1, failed: it went wrong",
            "last line",
            "# attempt 2 on slot 1 of box-2, running; no line of it is stored yet",
        ]);
        LogsView.Lines(LogsView.Of(_sweep.State, 2, [])).ShouldBe(["no attempt at trial 2 of demo has started"]);
        OutputSchemas.ShouldMatch("logs", Printed.JsonText(logs));
    }

    [Fact]
    public void What_a_worker_said_reaches_a_terminal_as_text()
    {
        var logs = new LogsView("demo", 1, [new AttemptLog(
            1, "box-1", 1, AttemptOutcome.Failed, "it\u001b[31m\n[ok] forged", "a\u001b]52;c;Zg==\u0007\rover\n\u202eb")]);

        LogsView.Lines(logs).ShouldBe(
        [
            "# attempt 1 on slot 1 of box-1, failed: it␛[31m␊[ok] forged", "a␛]52;c;Zg==␇", "over", "\ufffdb",
        ]);
    }

    private static MetricBatch Batch(int attempt, int number, int step, double loss) =>
        new(Given.Attempt(1, attempt), number, [new MetricPoint(step, "loss", loss)]);
}
