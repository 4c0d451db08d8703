using System.Text.Json;
using Shared.Execution;
using Shared.Sweeps;
using Tests.Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

public sealed class Samples
{
    [Theory]
    [InlineData("{every: 100}", 100, GridUnit.Updates, 32, 8)]
    [InlineData("{every_epochs: 2, count: 16, columns: 4}", 2, GridUnit.Epochs, 16, 4)]
    [InlineData("{count: 5, every: 1}", 1, GridUnit.Updates, 5, 5)]
    public void A_file_says_how_often_pictures_are_made_and_how_large(
        string value, int every, GridUnit unit, int count, int columns) =>
        Parsed(Quickstart + $"\nsamples: {value}").Plan.Samples
            .ShouldBe(new SampleGrids(every, unit, count, columns));

    [Fact]
    public void A_file_without_the_key_asks_for_no_pictures_and_its_canonical_json_has_none()
    {
        Parsed(Quickstart).Plan.Samples.ShouldBeNull();
        Parsed(Quickstart).Plan.Spec.ShouldNotContain("\"samples\":");
    }

    [Fact]
    public void The_canonical_file_says_the_same_and_a_changed_picture_is_a_changed_key()
    {
        var before = Parsed(Quickstart + "\nsamples: {every_epochs: 2, count: 16}").Plan;
        Parsed(before.Spec).Plan.Samples.ShouldBe(before.Samples);
        var after = Parsed(Quickstart + "\nsamples: {every_epochs: 3, count: 16}").Plan;
        CanonicalSpec.ChangedKeys(before.Spec, after.Spec).ShouldBe(["samples.every_epochs"]);
        CanonicalSpec.ChangedKeys(Parsed(Quickstart).Plan.Spec, after.Spec)
            .ShouldBe(["samples.columns", "samples.count", "samples.every_epochs"]);
    }

    [Theory]
    [InlineData("12", "samples: found 12, expected {every: UPDATES, ")]
    [InlineData("{count: 3}", "samples: found ")]
    [InlineData("{every: 1, every_epochs: 1}", "samples: found ")]
    [InlineData("{every: 0}", "samples.every: found 0, expected a whole number from 1 to 10000000")]
    [InlineData("{every: 9, count: 2000}", "samples.count: found 2000, expected a whole number from 1 to 1024")]
    [InlineData(
        "{every: 9, count: 4, columns: 5}", "samples.columns: found 5, expected a whole number from 1 to 4")]
    [InlineData("{every: 9, rows: 4}", "samples.rows: found an unknown key")]
    public void What_cannot_be_drawn_is_refused_by_its_place(string value, string problem) =>
        Problems(Quickstart + $"\nsamples: {value}").ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void An_experiment_without_images_makes_no_pictures_on_the_way() =>
        Problems(Toy() + "samples: {every: 10}").ShouldHaveSingleItem()
            .ShouldContain("expected no pictures of images: toy makes its own data");

    [Theory]
    [InlineData(GridUnit.Updates, 25, new[] { 25, 50, 75, 100 })]
    [InlineData(GridUnit.Epochs, 2, new[] { 60 })]
    public void Pictures_are_due_by_updates_or_by_epochs(GridUnit unit, int every, int[] due)
    {
        var grids = new SampleGrids(every, unit, 4, 2);
        Enumerable.Range(1, 100).Where(update => grids.IsDue(update, updatesOfEpoch: 30)).ShouldBe(due);
    }

    [Fact]
    public void A_plan_and_a_start_carry_them_and_without_them_say_what_they_always_said()
    {
        var grids = new SampleGrids(2, GridUnit.Epochs, 16, 4);
        var plan = Given.Plan(1);
        var json = SweepEventJson.Write(Given.Submitted(1) with { Plan = plan with { Samples = grids } });
        json.ShouldContain("""
            "samples":{"every":2,"unit":"epochs","count":16,"columns":4}
            """);
        ((SweepEvent.SweepSubmitted)SweepEventJson.Read(json)).Plan.Samples.ShouldBe(grids);
        SweepEventJson.Write(Given.Submitted(1)).ShouldNotContain("samples");

        var start = new ToSlot.Start(new AttemptId("s", 1, 1), "two-head", "{}", "mnist", 1, 1);
        var read = SlotMessageJson.ReadToSlot(SlotMessageJson.Write(start with { Samples = grids }));
        read.ShouldBe(start with { Samples = grids });
        JsonDocument.Parse(SlotMessageJson.Write(start)).RootElement.TryGetProperty("samples", out _)
            .ShouldBeFalse();
    }
}
