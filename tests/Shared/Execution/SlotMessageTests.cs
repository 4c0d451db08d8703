using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Tests.Shared.Execution;

public sealed class SlotMessageTests
{
    private static readonly AttemptId Attempt = new("quick-start", 3, 2);

    [Fact]
    public void A_start_comes_back_as_it_was_sent()
    {
        var start = new ToSlot.Start(
            Attempt, "two-head", """{"sampler.steps":20}""", "fashion-mnist", long.MinValue, 2);

        RoundTrip(start).ShouldBe(start);
        RoundTrip(start with { Data = null }).ShouldBe(start with { Data = null });
    }

    [Fact]
    public void A_stop_comes_back_as_it_was_sent() =>
        RoundTrip(new ToSlot.Stop(Attempt)).ShouldBe(new ToSlot.Stop(Attempt));

    [Fact]
    public void A_drain_comes_back_as_it_was_sent() =>
        RoundTrip(new ToSlot.Stop(Attempt, KeepCheckpoint: true))
            .ShouldBe(new ToSlot.Stop(Attempt, KeepCheckpoint: true));

    [Fact]
    public void A_start_from_a_checkpoint_comes_back_as_it_was_sent_and_one_from_nothing_says_nothing_of_it()
    {
        var start = new ToSlot.Start(Attempt, "toy", "{}", null, 1, 1);
        var resumed = start with
        {
            From = new StartFrom(120, "/spool/ä b/3.1.120.checkpoint", "00ff"),
            CheckpointEvery = 25,
        };

        RoundTrip(resumed).ShouldBe(resumed);
        var text = Encoding.UTF8.GetString(SlotMessageJson.Write(start));
        text.ShouldNotContain("\"from\"");
        text.ShouldNotContain("checkpoint");
    }

    [Fact]
    public void A_start_from_a_parents_model_comes_back_as_it_was_sent_and_another_says_nothing_of_one()
    {
        var start = new ToSlot.Start(Attempt, "two-head", "{}", "mnist", 1, 1);
        var following = start with { Parent = new StartParent("/spool/slot-1.from", "00ff") };

        RoundTrip(following).ShouldBe(following);
        Encoding.UTF8.GetString(SlotMessageJson.Write(start)).ShouldNotContain("parent");
    }

    [Fact]
    public void A_checkpoint_comes_back_as_it_was_sent()
    {
        var left = new FromSlot.Checkpointed(
            Attempt, 120, 3, "/spool/3.2.120.checkpoint", "00ff", 5_000_000_000);

        RoundTrip(left).ShouldBe(left);
    }

    [Fact]
    public void An_environment_keeps_the_versions_of_its_libraries()
    {
        var libraries = new Dictionary<string, string>
        {
            ["libtorch"] = "1.13.1",
            ["OpenBLAS 0.3"] = "\"quoted\"",
            ["libgomp"] = "",
        }.ToImmutableSortedDictionary();
        var environment = new AttemptEnvironment("a processor", "libtorch-cpu", libraries, "abc");

        var back = RoundTrip(new FromSlot.Ready(4711, environment)).ShouldBeOfType<FromSlot.Ready>();

        back.ProcessId.ShouldBe(4711);
        back.Environment.Libraries.ShouldBe(libraries);
        (back.Environment with { Libraries = libraries }).ShouldBe(environment);
    }

    [Fact]
    public void Points_come_back_bit_for_bit_also_where_they_are_not_finite()
    {
        ImmutableArray<MetricPoint> points =
        [
            .. ((double[])
                [
                    0, 0.1, -1.5e300, double.Epsilon, double.MaxValue,
                    double.NaN, double.PositiveInfinity, double.NegativeInfinity,
                ])
            .Select((value, step) => new MetricPoint(step, "loss", value)),
        ];

        var back = RoundTrip(new FromSlot.Measured(Attempt, 7, points)).ShouldBeOfType<FromSlot.Measured>();

        back.Attempt.ShouldBe(Attempt);
        back.Batch.ShouldBe(7);
        back.Points.ShouldBe(points);   // NaN equals itself in a record
    }

    [Fact]
    public void Minus_zero_keeps_its_sign()
    {
        var message = new FromSlot.Measured(Attempt, 1, [new MetricPoint(1, "loss", -0.0)]);

        var back = RoundTrip(message).ShouldBeOfType<FromSlot.Measured>();

        double.IsNegative(back.Points.Single().Value).ShouldBeTrue();
    }

    [Fact]
    public void A_batch_without_points_comes_back_empty() =>
        RoundTrip(new FromSlot.Measured(Attempt, 1, [])).ShouldBeOfType<FromSlot.Measured>()
            .Points.IsDefaultOrEmpty.ShouldBeTrue();

    [Fact]
    public void An_artifact_comes_back_as_it_was_sent()
    {
        var produced = new FromSlot.Produced(
            Attempt, "samples.png", "image/png", "/tmp/ä b/3.2.samples.png", "00ff");

        RoundTrip(produced).ShouldBe(produced);
    }

    [Theory]
    [InlineData(AttemptOutcome.Completed, "completed")]
    [InlineData(AttemptOutcome.Diverged, "diverged")]
    [InlineData(AttemptOutcome.Failed, "failed")]
    [InlineData(AttemptOutcome.Lost, "lost")]
    [InlineData(AttemptOutcome.Preempted, "preempted")]
    public void An_end_comes_back_as_it_was_sent(AttemptOutcome outcome, string spelled)
    {
        var ended = new FromSlot.Ended(Attempt, outcome, "line one\n\"two\" \u2028 \U0001F600", 12, 400);

        RoundTrip(ended).ShouldBe(ended);
        Encoding.UTF8.GetString(SlotMessageJson.Write(ended)).ShouldContain($"\"outcome\":\"{spelled}\"");
    }

    [Fact]
    public void A_full_batch_of_the_longest_numbers_fits_a_frame()
    {
        var point = new MetricPoint(int.MaxValue, new string('m', 200), -double.Epsilon);
        var message = new FromSlot.Measured(
            Attempt, int.MaxValue, [.. Enumerable.Repeat(point, SlotStep.PointsPerBatch)]);

        SlotMessageJson.Write(message).Length.ShouldBeLessThan(Frame.MaximumLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"say":"dance"}""")]
    [InlineData("""{"say":"stop"}""")]
    [InlineData("""{"say":"ended","attempt":{"sweep":"s","trial":1,"number":1}}""")]
    [InlineData(
        """{"say":"ended","attempt":{"sweep":"s","trial":1,"number":1},"""
        + "\"outcome\":1,\"reason\":\"\",\"lastBatch\":0,\"updates\":0}")]
    [InlineData("""{"say":"ended","attempt":null,"outcome":"failed","reason":"","lastBatch":0,"updates":0}""")]
    public void Bytes_that_are_no_message_are_refused(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        ShouldBeRefused(() => SlotMessageJson.ReadToSlot(bytes));
        ShouldBeRefused(() => SlotMessageJson.ReadFromSlot(bytes));
    }

    [Fact]
    public void A_message_in_the_other_direction_is_refused()
    {
        var stop = SlotMessageJson.Write(new ToSlot.Stop(Attempt));
        var ended = SlotMessageJson.Write(new FromSlot.Ended(Attempt, AttemptOutcome.Failed, "", 0, 0));

        ShouldBeRefused(() => SlotMessageJson.ReadFromSlot(stop));
        ShouldBeRefused(() => SlotMessageJson.ReadToSlot(ended));
    }

    private static void ShouldBeRefused(Func<object> read) => Should.Throw<JsonException>(() => _ = read());

    private static ToSlot RoundTrip(ToSlot message) =>
        SlotMessageJson.ReadToSlot(SlotMessageJson.Write(message));

    private static FromSlot RoundTrip(FromSlot message) =>
        SlotMessageJson.ReadFromSlot(SlotMessageJson.Write(message));
}
