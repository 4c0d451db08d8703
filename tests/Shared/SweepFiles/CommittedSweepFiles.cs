using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

public sealed class CommittedSweepFiles
{
    // The ids: sha256 of json.dumps(swept, sort_keys=True, separators=(",", ":")) in Python, first 8 digits.
    [Fact]
    public void The_quickstart_has_four_configurations_and_eight_trials_whose_ids_never_change()
    {
        var plan = Parsed(Committed("sweeps/quickstart.yaml")).Plan;

        plan.Configurations.Select(c => $"{c.Id} {c.Label}").ShouldBe([
            "1131c9b1 start noise, step_size 10",
            "8873ae5a start buffer, step_size 10",
            "c9e0e06b start noise, step_size geometric(20..2)",
            "bdda2e6a start buffer, step_size geometric(20..2)",
        ]);
        plan.Trials.Select(t => (t.Number, t.Replicate)).ShouldBe(
            [(1, 1), (2, 2), (3, 1), (4, 2), (5, 1), (6, 2), (7, 1), (8, 2)]);
    }

    [Fact]
    public void The_quickstart_names_the_buffer_size_as_ignored()
    {
        Parsed(Committed("sweeps/quickstart.yaml")).Plan.Ignored.ShouldBe(["initialisation.buffer_size"]);
    }

    [Fact]
    public void The_toy_has_four_configurations_and_eight_trials()
    {
        var plan = Parsed(Committed("sweeps/toy.yaml")).Plan;

        plan.Configurations.Length.ShouldBe(4);
        plan.Trials.Length.ShouldBe(8);
    }

    [Fact]
    public void Canonical_json_of_a_sweep_file_is_a_sweep_file_that_means_the_same()
    {
        foreach (var file in new[] { "sweeps/quickstart.yaml", "sweeps/toy.yaml" })
        {
            var json = Parsed(Committed(file)).Plan.Spec;
            Parsed(json).Plan.Spec.ShouldBe(json);
        }
    }
}
