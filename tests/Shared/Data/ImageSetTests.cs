using Shared;
using Shared.Data;
using Shared.Experiments;

namespace Tests.Shared.Data;

public sealed class ImageSetTests
{
    [Fact]
    public void Every_set_has_a_name_for_sweep_files_four_files_and_mirrors_that_end_in_a_slash()
    {
        ImageSets.Names.ShouldBe(["fashion-mnist", "mnist"]);
        foreach (var set in ImageSets.All)
        {
            set.Name.ShouldMatch("^[a-z][a-z0-9-]*$");
            set.Files.Select(file => file.Name).Distinct().Count().ShouldBe(4);
            set.Files.ShouldAllBe(file => file.Sha256.Length == 64 && file.PackedName == file.Name + ".gz");
            set.Mirrors.ShouldNotBeEmpty();
            set.Mirrors.ShouldAllBe(mirror => Uri.IsWellFormedUriString(mirror, UriKind.Absolute)
                && mirror.EndsWith('/'));
            ImageSets.Find(set.Name).ShouldBe(set);
        }

        ImageSets.Find("cifar").ShouldBeNull();
    }

    [Fact]
    public void Lengths_are_those_of_a_header_and_one_byte_a_pixel_or_label() =>
        ImageSets.Mnist.Files.Select(file => file.Bytes).ShouldBe([47_040_016, 60_008, 7_840_016, 10_008]);

    [Fact]
    public void Every_experiment_on_images_accepts_every_set() =>
        ExperimentCatalog.Default.Experiments
            .Where(experiment => !experiment.DataSets.IsEmpty)
            .ShouldAllBe(experiment => experiment.DataSets.SequenceEqual(ImageSets.Names));

    [Fact]
    public void The_clone_is_the_nearest_folder_above_that_holds_the_solution()
    {
        CloneFolder.Above("/a/b/c", path => path is "/a/b/Orchestrator.sln" or "/a/Orchestrator.sln")
            .ShouldBe("/a/b");
        CloneFolder.Above("/a/b/c/", path => path == "/Orchestrator.sln").ShouldBe("/");
        CloneFolder.Above("/a/b", _ => false).ShouldBeNull();
    }
}
