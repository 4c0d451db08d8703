using Shared;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class SweepNamingTests
{
    private const string Spec =
        """{"name":"demo","seed":1,"parameters":{"sampler.steps":20,"model.hidden":16}}""";

    [Fact]
    public void A_first_submission_keeps_its_name() => Name([]).ShouldBe(new NamingDecision.Free("demo"));

    [Fact]
    public void After_completed_ones_the_next_number_follows()
    {
        Name([Ended("demo")]).ShouldBe(new NamingDecision.Free("demo-2"));
        Name([Ended("demo"), Ended("demo-2")]).ShouldBe(new NamingDecision.Free("demo-3"));
    }

    [Fact]
    public void A_name_that_another_file_has_is_passed_over() =>
        Name([Ended("demo")], alsoTaken: "demo-2").ShouldBe(new NamingDecision.Free("demo-3"));

    [Fact]
    public void A_name_of_another_file_does_not_stand_in_the_way() =>
        Name([], alsoTaken: "demo").ShouldBe(new NamingDecision.Free("demo-2"));

    [Fact]
    public void An_unfinished_unchanged_one_stands_in_the_way()
    {
        var blocked = Name([Ended("demo"), Unfinished("demo-2")])
            .ShouldBeOfType<NamingDecision.Blocked>();
        blocked.Sweep.ShouldBe("demo-2");
        blocked.ChangedKeys.ShouldBeEmpty();
    }

    [Fact]
    public void An_unfinished_changed_one_stands_in_the_way_with_the_changed_keys()
    {
        var other = Unfinished("demo") with
        {
            Spec =
                """{"name":"demo","parameters":{"sampler.steps":30,"""
                + "\"model.hidden\":16,\"training.updates\":5}}",
        };

        var blocked = Name([other]).ShouldBeOfType<NamingDecision.Blocked>();

        blocked.ChangedKeys.ShouldBe(["parameters.sampler.steps", "parameters.training.updates", "seed"]);
    }

    [Fact]
    public void Another_program_is_a_changed_key()
    {
        var blocked = Name([Unfinished("demo") with { Program = "program-0" }]);
        blocked.ShouldBeOfType<NamingDecision.Blocked>().ChangedKeys.ShouldBe(["program"]);
    }

    [Fact]
    public void Of_several_unfinished_ones_the_unchanged_one_is_named()
    {
        var changed = Unfinished("demo-2") with { Program = "program-0" };
        Name([Unfinished("demo"), changed]).ShouldBeOfType<NamingDecision.Blocked>().Sweep.ShouldBe("demo");
        Name([changed with { Name = "demo" }, changed])
            .ShouldBeOfType<NamingDecision.Blocked>().Sweep.ShouldBe("demo-2");
    }

    [Fact]
    public void Beside_an_unfinished_one_the_next_number_follows() =>
        Name([Unfinished("demo")], besides: true).ShouldBe(new NamingDecision.Free("demo-2"));

    private static Namesake Ended(string name) => Unfinished(name) with { IsEnded = true };

    private static Namesake Unfinished(string name) =>
        new(name, CanonicalJson.Of(Spec), Given.Program, false);

    private static NamingDecision Name(
        Namesake[] namesakes, bool besides = false, string? alsoTaken = null) =>
        SweepNaming.Decide(
            "demo",
            CanonicalJson.Of(Spec),
            Given.Program,
            besides,
            [.. namesakes],
            namesakes.Select(n => n.Name).Append(alsoTaken ?? "unrelated").ToHashSet(StringComparer.Ordinal));
}
