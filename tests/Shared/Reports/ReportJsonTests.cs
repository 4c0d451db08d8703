using System.Text.Json;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class ReportJsonTests
{
    [Fact]
    public void Results_do_not_depend_on_name_places_losses_or_times()
    {
        var undisturbed = new Func<RecordedSweep>(() => GoldenSweep.Record("other-2", withLosses: false));
        var first = Results(GoldenSweep.Record());
        var second = Results(undisturbed());

        second.ShouldBe(first);
        GoldenSweep.Record().Render("trials.csv").ShouldBe(undisturbed().Render("trials.csv"));
    }

    [Fact]
    public void Results_have_the_documented_shape()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, []));
        sweep.Complete(1, ("fid_clf", 10), ("updates_per_second", 40)).Complete(2, ("fid_clf", 14));

        Results(sweep).ShouldBe(
            """
            {"metric":{"name":"fid_clf","goal":"minimize"},"configurations":[
            {"id":"44136fa3","parameters":{},"n":2,"diverged":0,
            "metrics":{"fid_clf":{"mean":12,"sd":2.8284271247461903,"n":2}}}],"trials":[
            {"trial":1,"configuration":"44136fa3","replicate":1,"outcome":"completed",
            "metrics":{"fid_clf":10}},
            {"trial":2,"configuration":"44136fa3","replicate":2,"outcome":"completed",
            "metrics":{"fid_clf":14}}]}
            """.Replace("\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void One_replicate_has_no_standard_deviation()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("fid_clf", 10));

        Results(sweep).ShouldContain("""{"fid_clf":{"mean":10,"sd":null,"n":1}}""");
    }

    [Fact]
    public void A_value_that_is_not_finite_is_null_and_has_no_share_in_a_mean()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, []))
            .Complete(1, ("fid_clf", double.PositiveInfinity)).Complete(2, ("fid_clf", 14));

        Results(sweep).ShouldContain("""{"fid_clf":null}""");
        Results(sweep).ShouldContain("""{"mean":14,"sd":null,"n":1}""");
    }

    [Fact]
    public void Values_of_diverged_trials_are_shown_but_have_no_share_in_a_mean()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, [])).Complete(1, ("loss", 1));
        var attempt = sweep.Claim(2);
        sweep.Measure(attempt, (300, "loss", 1e6)).End(attempt, Outcome.Diverged, "loss");

        Results(sweep).ShouldContain("""n":1,"diverged":1,"metrics":{"loss":{"mean":1,"sd":null,"n":1}}""");
        Results(sweep).ShouldContain("""outcome":"diverged","metrics":{"loss":1000000}""");
    }

    [Fact]
    public void Values_of_failed_and_running_trials_are_no_results()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, []));
        var failed = sweep.Claim(1);
        sweep.Measure(failed, (300, "loss", 5)).End(failed, Outcome.Failed, "broken");
        sweep.Measure(sweep.Claim(2), (10, "loss", 6));

        Results(sweep).ShouldContain("""outcome":"failed","metrics":{}""");
        Results(sweep).ShouldContain("""outcome":"running","metrics":{}""");
    }

    [Fact]
    public void Provenance_holds_attempts_timings_and_hashes()
    {
        using var json = JsonDocument.Parse(
            GoldenSweep.Record(pictures: (_, _) => [1, 2, 3]).Render("report.json"));
        var provenance = json.RootElement.GetProperty("provenance");

        provenance.GetProperty("sweep").GetString().ShouldBe("quickstart");
        var attempts = provenance.GetProperty("attempts");
        attempts.GetArrayLength().ShouldBe(11);
        attempts[2].GetProperty("outcome").GetString().ShouldBe("lost");
        attempts[2].GetProperty("environment").GetProperty("libraries").GetProperty("libtorch").GetString()
            .ShouldBe("2.9.1");
        provenance.GetProperty("timing")[0].GetProperty("metrics")
            .GetProperty("updates_per_second").GetDouble()
            .ShouldBeGreaterThan(40);
        provenance.GetProperty("artifacts").EnumerateArray()
            .First(artifact => artifact.GetProperty("name").GetString() == "samples.png")
            .GetProperty("sha256").GetString().ShouldBe("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    }

    [Fact]
    public void What_the_command_line_changed_is_provenance_and_no_result()
    {
        var plan = GoldenSweep.Plan;
        var changed = plan with { Choices = new SweepChoices("small", ["sampler.steps=20", "seed=2"]) };
        var sweep = new RecordedSweep(changed);

        using var json = JsonDocument.Parse(sweep.Render("report.json"));
        var provenance = json.RootElement.GetProperty("provenance");
        provenance.GetProperty("scale").GetString().ShouldBe("small");
        provenance.GetProperty("overrides").EnumerateArray().Select(o => o.GetString())
            .ShouldBe(["sampler.steps=20", "seed=2"]);
        Results(sweep).ShouldBe(Results(new RecordedSweep(plan)));
        sweep.Render("report.md").ShouldContain("--scale small --set sampler.steps=20 --set seed=2");
        new RecordedSweep(plan).Render("report.md").ShouldNotContain("changed on the command line");
    }

    private static string Results(RecordedSweep sweep)
    {
        using var json = JsonDocument.Parse(sweep.Render("report.json"));
        return JsonSerializer.Serialize(json.RootElement.GetProperty("results"));
    }
}
