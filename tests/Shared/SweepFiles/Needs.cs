using Shared.Sweeps;
using Tests.Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>What a sweep file says of the workers that may run its trials.</summary>
public sealed class Needs
{
    [Fact]
    public void A_file_says_how_many_slots_a_trial_takes()
    {
        var plan = Parsed(Quickstart + "\nresources: {slots: 4}").Plan;

        plan.Resources.ShouldBe(new SweepResources(4));
        Parsed(plan.Spec).Plan.Resources.ShouldBe(plan.Resources, "canonical JSON says the same");
    }

    [Fact]
    public void A_file_says_which_labels_device_and_memory_a_worker_must_have()
    {
        var plan = Parsed(
            Quickstart + "\nrequirements: {labels: {rack: a, floor: 3}, device: H100, memory: 16GiB}").Plan;

        var requirements = plan.Requirements!;
        requirements.Labels.ShouldBe(new Dictionary<string, string> { ["floor"] = "3", ["rack"] = "a" });
        requirements.Device.ShouldBe("H100");
        requirements.MemoryBytes.ShouldBe(16L << 30);
        Parsed(plan.Spec).Plan.Spec.ShouldBe(plan.Spec, "canonical JSON says the same");
        plan.Spec.ShouldContain("\"memory\":\"16GiB\"");
    }

    [Fact]
    public void Memory_is_written_in_GiB_or_MiB() =>
        Parsed(Quickstart + "\nrequirements: {memory: 1536MiB}").Plan.Requirements!.MemoryBytes
            .ShouldBe(1536L << 20);

    [Fact]
    public void A_file_without_the_keys_says_what_it_always_said()
    {
        var plan = Parsed(Quickstart).Plan;

        (plan.Resources, plan.Requirements).ShouldBe((null, null));
        plan.Spec.ShouldNotContain("resources");
        plan.Spec.ShouldNotContain("requirements");
        SweepEventJson.Write(Given.Submitted(1)).ShouldNotContain("resources");
    }

    [Fact]
    public void Other_needs_are_changed_keys()
    {
        var before = Parsed(Quickstart + "\nresources: {slots: 2}\nrequirements: {device: H100}").Plan;
        var after = Parsed(Quickstart + "\nresources: {slots: 3}\nrequirements: {device: A100}").Plan;

        CanonicalSpec.ChangedKeys(before.Spec, after.Spec)
            .ShouldBe(["resources.slots", "requirements.device"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("resources: 4", "resources: found 4, expected {slots: NUMBER}")]
    [InlineData("resources: {slots: 0}", "resources.slots: found 0, expected a whole number from 1 to 1024")]
    [InlineData("resources: {gpus: 1}", "resources.gpus: found an unknown key")]
    [InlineData("requirements: {}", "requirements: found keys, expected {labels: {NAME: VALUE}, device: WORDS")]
    [InlineData("requirements: {memory: 16GB}", "requirements.memory: found \"16GB\", expected a whole number of GiB")]
    [InlineData("requirements: {memory: 0GiB}", "requirements.memory: found \"0GiB\"")]
    [InlineData("requirements: {labels: [a]}", "requirements.labels: found a list, expected {NAME: VALUE}")]
    [InlineData("requirements: {labels: {rack: {a: b}}}", "requirements.labels.rack: found keys")]
    public void What_is_no_need_is_refused_by_its_place(string line, string problem) =>
        Problems(Quickstart + "\n" + line).ShouldHaveSingleItem().ShouldContain(problem);
}
