using System.Text.Json;
using Shared.Search;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class SweepEventJsonTests
{
    [Fact]
    public void An_event_is_spelled_as_the_contract_says() =>
        SweepEventJson.Write(new SweepEvent.TrialEnded(Given.Id(7), Given.At(3), 12, Outcome.Diverged))
            .ShouldBe("""{"version":1,"event":"trial-ended","trial":12,"outcome":"diverged","""
            + "\"command\":\"00000007000000000000000000000000\",\"at\":\"2026-03-01T12:00:03+00:00\"}");

    [Fact]
    public void Every_event_is_read_as_it_was_written()
    {
        foreach (var happened in Recorded.History())
        {
            var json = SweepEventJson.Write(happened);
            SweepEventJson.Write(SweepEventJson.Read(json)).ShouldBe(json);
        }
    }

    [Fact]
    public void A_plan_comes_back_whole()
    {
        var plan = Given.Plan(3) with
        {
            Data = "fashion-mnist",
            Ignored = ["initialisation.buffer_size"],
            Choices = new SweepChoices("small", ["seed=2"]),
        };
        var read = Read(Given.Submitted(3) with { Plan = plan }).Plan;

        read.Data.ShouldBe("fashion-mnist");
        $"{read.Choices}".ShouldBe("--scale small --set seed=2");
        read.Spec.ShouldBe(plan.Spec);
        read.Ignored.ShouldBe(plan.Ignored);
        read.Trials.ShouldBe(plan.Trials);
        read.Configurations[1].Resolved.ShouldBe(plan.Configurations[1].Resolved);
        read.Configurations[1].Resolved.KeyComparer.ShouldBe(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0.001")]
    [InlineData("\"ε ≤ 1\"")]
    [InlineData("""{"schedule":"geometric","start":20,"end":2}""")]
    public void A_parameter_value_of_any_shape_comes_back(string json)
    {
        var value = new ParameterValue(json);
        var configuration = Configuration.Of([], [KeyValuePair.Create("a.b", value)]);
        var plan = Given.Plan(1) with { Configurations = [configuration] };

        Read(Given.Submitted(1) with { Plan = plan }).Plan.Configurations[0].Resolved["a.b"].ShouldBe(value);
    }

    [Fact]
    public void A_sweep_name_with_slashes_and_dots_comes_back()
    {
        var attempt = new AttemptId("v1.2/a.b", 3, 4);
        Read(new SweepEvent.AttemptHandedBack(Given.Id(1), Given.At(1), attempt)).Attempt.ShouldBe(attempt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"event":"sweep-completed"}""")]
    [InlineData("""{"version":2,"event":"sweep-completed"}""")]
    [InlineData("""{"version":1,"event":"sweep-exploded"}""")]
    [InlineData("""{"version":1,"event":"sweep-completed","at":"2026-03-01T12:00:00+00:00"}""")]
    [InlineData("""{"version":1,"event":"sweep-completed","command":"x","at":"2026-03-01T12:00:00+00:00"}""")]
    [InlineData(
        """{"version":1,"event":"trial-ended","trial":1,"outcome":1,"""
        + "\"command\":\"00000007000000000000000000000000\",\"at\":\"2026-03-01T12:00:00+00:00\"}")]
    public void What_is_no_event_is_refused(string json) =>
        Should.Throw<JsonException>(() => SweepEventJson.Read(json));

    private static T Read<T>(T happened)
        where T : SweepEvent => (T)SweepEventJson.Read(SweepEventJson.Write(happened));
}
