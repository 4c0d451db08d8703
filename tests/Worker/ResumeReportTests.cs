using System.Collections.Immutable;
using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Sweeps;
using Worker.Verifying;

namespace Tests.Worker;

/// <summary>What a verification makes of what three attempts left.</summary>
public sealed class ResumeReportTests
{
    private const int Updates = 40;
    private const int From = 21;

    private static readonly TrialRecord Straight = Record(
        [.. Losses(10, 20, 30, 40), new(Updates, "kl", 0.5), new(20, "updates_per_second", 100)],
        ("samples.png", "aaaaaaaaaaaa"));

    private static readonly TrialRecord Killed = Record(
        [.. Losses(10, 20), new(20, "updates_per_second", 90)]) with
    { End = "killed" };

    private static readonly TrialRecord Resumed = Record(
        [.. Losses(30, 40), new(Updates, "kl", 0.5)], ("samples.png", "aaaaaaaaaaaa"));

    [Fact]
    public void Equal_results_are_verified_and_timings_are_not_compared()
    {
        var report = Of(Resumed);
        report.Differing.ShouldBeEmpty();
        report.IsVerified.ShouldBeTrue();
        (report.BegunFrom, report.KilledAt, report.Points, report.Artifacts).ShouldBe((From, From, 5, 1));
    }

    [Fact]
    public void Points_after_the_checkpoint_that_the_killed_attempt_sent_are_made_again()
    {
        var report = Of(Resumed, Killed with { Points = [.. Killed.Points, new(30, "loss", 99)] });
        report.Differing.ShouldBeEmpty();
        report.KilledAt.ShouldBe(30);
    }

    [Fact]
    public void An_attempt_that_began_anew_is_not_verified_though_its_results_are_equal()
    {
        var report = Of(Straight);
        report.Differing.ShouldBeEmpty();
        (report.BegunFrom, report.IsVerified).ShouldBe((0, false));
    }

    [Fact]
    public void Another_value_a_missing_point_another_artifact_and_another_end_are_each_named()
    {
        Differing(
            Resumed with { Points = Resumed.Points.SetItem(0, new(30, "loss", Math.BitIncrement(1.0 / 30))) })
            .ShouldHaveSingleItem(
                ).ShouldStartWith("loss of update 30: straight 0.03333333333333333, resumed 0.0333");
        Differing(Resumed with { Points = Resumed.Points.RemoveAt(2) })
            .ShouldBe(["kl of update 40: straight 0.5, resumed nothing"]);
        Differing(Resumed with { Points = Resumed.Points.Add(new(40, "kl", 0.5)) })
            .ShouldBe(["kl of update 40: straight 0.5, resumed 0.5 and 0.5"]);
        Differing(Record([.. Resumed.Points], ("samples.png", "bbbbbbbbbbbb"), ("more.png", "cccccccccccc")))
            .ShouldBe(
            [
                "more.png: straight nothing, resumed cccccccc",
                "samples.png: straight aaaaaaaa, resumed bbbbbbbb",
            ]);
        Differing(Resumed with { End = "Failed: no memory" })
            .ShouldBe(["the end: straight \"Completed: \", resumed \"Failed: no memory\""]);
    }

    [Fact]
    public void Minus_zero_is_another_result_than_zero_and_nan_is_the_same()
    {
        TrialRecord With(double value) => Record([new(10, "loss", value)]);
        TrialComparison.Of(With(0.0), With(-0.0), []).Differing.ShouldHaveSingleItem();
        TrialComparison.Of(With(double.NaN), With(double.NaN), []).Differing.ShouldBeEmpty();
    }

    [Fact]
    public void After_a_checkpoint_of_the_last_update_what_the_end_reports_twice_counts_once()
    {
        var killed = Straight with { Points = Straight.Points.RemoveAll(point => point.Metric == "kl") };
        var resumed = Record([new(Updates, "kl", 0.5)], ("samples.png", "aaaaaaaaaaaa"));
        var both = killed with { Points = killed.Points.Add(new(Updates, "kl", 0.5)) };
        foreach (var first in (TrialRecord[])[killed, both])
        {
            var report = Of(resumed, first, Updates);
            report.Differing.ShouldBeEmpty();
            report.BegunFrom.ShouldBe(Updates);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(19, 11)]
    [InlineData(20, 11)]
    [InlineData(500, 251)]
    [InlineData(61, 31)]
    public void The_middle_lies_between_two_reports(int updates, int middle) =>
        ResumeVerification.MiddleOf(updates).ShouldBe(middle);

    private static ImmutableArray<string> Differing(TrialRecord resumed) => Of(resumed).Differing;

    private static ResumeReport Of(TrialRecord resumed, TrialRecord? killed = null, int from = From) =>
        ResumeReport.Of(
            ExperimentCatalog.Default.Find("toy")!,
            Updates,
            Straight,
            (killed ?? Killed, new FromSlot.Checkpointed(new AttemptId("s", 1, 2), from, 1, "p", "00", 7)),
            resumed);

    private static TrialRecord Record(
        ImmutableArray<MetricPoint> points, params (string Name, string Hash)[] artifacts) =>
        new("Completed: ", points, artifacts.ToImmutableSortedDictionary(
            artifact => artifact.Name, artifact => artifact.Hash, StringComparer.Ordinal));

    private static IEnumerable<MetricPoint> Losses(params int[] steps) =>
        steps.Select(step => new MetricPoint(step, "loss", 1.0 / step));
}
