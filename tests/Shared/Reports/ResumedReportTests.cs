using System.Collections.Immutable;
using System.Text.Json;
using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Reports of trials whose last attempt went on from a checkpoint.</summary>
public sealed class ResumedReportTests
{
    [Fact]
    public void A_resumed_trial_has_the_curves_and_values_of_an_undisturbed_one()
    {
        var undisturbed = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = undisturbed.Claim(1);
        undisturbed.Measure(attempt, (10, "gap", 1), (20, "gap", 2), (30, "gap", 3), (30, "fid_clf", 9))
            .End(attempt, Outcome.Completed);

        var resumed = new RecordedSweep(RecordedSweep.Plan(1, []));
        var first = resumed.Claim(1);
        resumed.Measure(first, (10, "gap", 1), (20, "gap", 77), (30, "gap", 77), (30, "fid_clf", 1));
        var checkpoint = resumed.Checkpoint(first, 15);
        resumed.Lose(first, "signal 9");
        var second = resumed.Claim(1, checkpoint);
        resumed.Measure(second, (20, "gap", 2), (30, "gap", 3), (30, "fid_clf", 9))
            .End(second, Outcome.Completed);

        foreach (var file in (string[])["trials.csv", "curves/gap.svg"])
        {
            resumed.Render(file).ShouldBe(undisturbed.Render(file), file);
        }

        Results(resumed).ShouldBe(Results(undisturbed));
        resumed.Render("report.md").ShouldContain("| 1 | 2 | update 15 of attempt 1 | bit-exact |");
    }

    [Fact]
    public void A_chain_of_checkpoints_is_followed_to_its_beginning_past_attempts_that_are_not_in_it()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var anew = sweep.Claim(1);
        sweep.Measure(anew, (10, "gap", 50)).Lose(anew, "signal 9");
        var first = sweep.Claim(1);
        sweep.Measure(first, (10, "gap", 1), (20, "gap", 60));
        var early = sweep.Checkpoint(first, 12);
        sweep.Lose(first, "signal 9");
        var fruitless = sweep.Claim(1, early);
        sweep.Measure(fruitless, (20, "gap", 70)).Lose(fruitless, "signal 9");
        var second = sweep.Claim(1, early);   // again from the checkpoint of the second attempt
        sweep.Measure(second, (20, "gap", 2), (30, "gap", 80));
        var late = sweep.Checkpoint(second, 25);
        sweep.Lose(second, "signal 9");
        var last = sweep.Claim(1, late);
        sweep.Measure(last, (30, "gap", 3)).End(last, Outcome.Completed);

        var trial = sweep.Model().Trials.Single();

        AttemptChain.Of(trial.State).Select(attempt => attempt.Id.Number).ShouldBe([2, 4, 5]);
        trial.Curves.Of("gap").ShouldBe([new(10, 1), new(20, 2), new(30, 3)]);
    }

    [Fact]
    public void After_a_checkpoint_of_the_last_update_the_end_counts_once()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var first = sweep.Claim(1);
        sweep.Measure(first, (10, "gap", 1), (30, "gap", 3), (30, "fid_clf", 9));
        var checkpoint = sweep.Checkpoint(first, 30);
        sweep.Lose(first, "signal 9");
        var second = sweep.Claim(1, checkpoint);
        sweep.Measure(second, (30, "fid_clf", 9)).End(second, Outcome.Completed);

        var trial = sweep.Model().Trials.Single();

        trial.Curves.Of("gap").ShouldBe([new(10, 1), new(30, 3)]);
        trial.Curves.Of("fid_clf").ShouldBe([new(30, 9)]);
    }

    [Fact]
    public void Of_each_picture_the_newest_of_the_chain_is_shown_and_none_of_other_attempts()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var anew = sweep.Claim(1);
        sweep.Store(anew, "samples_000005.png", [1]).Lose(anew, "signal 9");
        var first = sweep.Claim(1);
        sweep.Store(first, "samples_000010.png", [2]).Store(first, "samples_000020.png", [3]);
        var checkpoint = sweep.Checkpoint(first, 15);
        sweep.Lose(first, "signal 9");
        var second = sweep.Claim(1, checkpoint);
        sweep.Store(second, "samples_000020.png", [4]).Store(second, "samples.png", [5]).End(second, Outcome.Completed);

        var model = sweep.Model();
        var shown = AttemptChain.Artifacts(
            model.Trials.Single().State, model.Artifacts.ToLookup(left => left.Entry.Attempt));

        shown.ToDictionary(left => left.Entry.Name, left => left.Bytes.Single()).ShouldBe(
            new Dictionary<string, byte>
            {
                ["samples.png"] = 5,
                ["samples_000020.png"] = 4,
                ["samples_000010.png"] = 2,
            },
            ignoreOrder: true);
        Report.Render(model).Select(file => file.Name).ShouldContain(name => name.EndsWith("samples_000010.png"));
        Report.Render(model).Select(file => file.Name).ShouldNotContain(name => name.EndsWith("samples_000005.png"));
    }

    [Fact]
    public void Going_on_elsewhere_is_marked_and_says_what_is_other()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var first = sweep.Claim(1);
        var checkpoint = sweep.Checkpoint(first, 15);
        sweep.Lose(first, "signal 9");
        sweep.Device = "AMD EPYC 9004";
        var second = sweep.Claim(1, checkpoint);
        sweep.End(second, Outcome.Completed);

        sweep.Render("report.md").ShouldContain(
            "| not bit-exact: another device: AMD EPYC 9004 after Intel Xeon 6980P |");
        var attempts = JsonDocument.Parse(sweep.Render("report.json")).RootElement
            .GetProperty("provenance").GetProperty("attempts");
        attempts[0].TryGetProperty("from", out _).ShouldBeFalse();
        global::Shared.CanonicalJson.Of(attempts[1].GetProperty("from")).ShouldBe(
            """{"attempt":1,"checkpoint":"0000000f","isBitExact":false,"update":15}""");
    }

    [Fact]
    public void Another_kernel_and_other_libraries_are_not_bit_exact_either()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        sweep.Claim(1);
        var attempt = sweep.Model().Trials.Single().State.Attempts.Single();
        AttemptState On(AttemptEnvironment environment) => attempt with { Environment = environment };

        AttemptChain.WhyInexact(attempt, On(attempt.Environment with
        {
            Libraries = attempt.Environment.Libraries.ToImmutableSortedDictionary(),
        })).ShouldBeNull();
        AttemptChain.WhyInexact(attempt, On(attempt.Environment with { Kernel = "libtorch-cuda" }))
            .ShouldBe("another kernel: libtorch-cuda after libtorch-cpu");
        AttemptChain.WhyInexact(attempt, On(attempt.Environment with
        {
            Libraries = attempt.Environment.Libraries.SetItem("libtorch", "1.13.1"),
        })).ShouldBe("other libraries");
    }

    [Fact]
    public void Checkpoints_are_in_no_report_because_they_go_when_they_are_no_longer_needed()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Checkpoint(attempt, 15);
        sweep.End(attempt, Outcome.Completed);

        sweep.Render("report.json").ShouldNotContain(".ckpt");
    }

    private static string Results(RecordedSweep sweep) => JsonDocument.Parse(sweep.Render("report.json"))
        .RootElement.GetProperty("results").GetRawText();
}
