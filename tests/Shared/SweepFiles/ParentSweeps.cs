using Shared.Sweeps;
using Tests.Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>What a sweep file says of the sweep whose models its trials begin from.</summary>
public sealed class ParentSweeps
{
    [Fact]
    public void A_file_names_the_sweep_that_it_follows_from_and_may_name_the_artifact()
    {
        var plan = Parsed(Quickstart + "\nfrom: {sweep: digits-2}").Plan;

        plan.From.ShouldBe(new ParentSweep("digits-2", "model.safetensors"));
        Parsed(plan.Spec).Plan.From.ShouldBe(plan.From, "canonical JSON says the same");
        Parsed(Quickstart + "\nfrom: {sweep: digits-2, artifact: model.safetensors}").Plan.Spec
            .ShouldBe(plan.Spec, "the default written out changes nothing");
        SweepEventJson.Write(Given.Submitted(1) with { Plan = Given.Plan(1) with { From = plan.From } })
            .ShouldContain("\"from\":{\"sweep\":\"digits-2\",\"artifact\":\"model.safetensors\"}");
    }

    [Fact]
    public void A_file_without_the_key_says_what_it_always_said()
    {
        var plan = Parsed(Quickstart).Plan;

        plan.From.ShouldBeNull();
        plan.Spec.ShouldNotContain("\"from\"");
        SweepEventJson.Write(Given.Submitted(1)).ShouldNotContain("\"from\"");
    }

    [Fact]
    public void Another_parent_is_a_changed_key()
    {
        var before = Parsed(Quickstart + "\nfrom: {sweep: a}").Plan;
        var after = Parsed(Quickstart + "\nfrom: {sweep: b}").Plan;

        CanonicalSpec.ChangedKeys(before.Spec, after.Spec).ShouldBe(["from.sweep"]);
    }

    [Fact]
    public void A_rehearsal_waits_for_no_parent()
    {
        var sweep = Parsed(Quickstart + "\nfrom: {sweep: a}");

        global::Shared.Search.TestPlan.Of(sweep.Plan, sweep.Experiment).From.ShouldBeNull();
    }

    [Theory]
    [InlineData("digits", "from: found \"digits\", expected {sweep: NAME}")]
    [InlineData("{}", "from: found keys, expected {sweep: NAME}")]
    [InlineData("{artifact: model.safetensors}", "from.sweep: found nothing, expected the name of a sweep of the store")]
    [InlineData("{sweep: My Digits}", "from.sweep: found \"My Digits\", expected the name of a sweep of the store")]
    [InlineData("{sweep: a, artifact: samples.png}", "from.artifact: found \"samples.png\", expected model.safetensors")]
    [InlineData("{sweep: a, trial: 1}", "from.trial: found an unknown key")]
    public void What_is_no_parent_is_refused_by_its_place(string value, string problem) =>
        Problems(Quickstart + $"\nfrom: {value}").ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void A_sweep_of_the_toy_has_parents_too() =>
        Parsed(Toy() + "from: {sweep: a}").Plan.From.ShouldBe(new ParentSweep("a", ParentSweep.Model));
}
