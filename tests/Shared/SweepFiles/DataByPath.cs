using Shared.Data;
using Shared.Experiments;
using Shared.Sweeps;

namespace Tests.Shared.SweepFiles;

public sealed class DataByPath
{
    private const string Pair = "{images: a/i.gz, labels: l}";

    [Fact]
    public void A_pair_is_read_and_its_canonical_spec_is_a_sweep_file_again()
    {
        var parsed = Parse("{labels: l, images: a/i.gz, test_labels: v, test_images: u}")
            .ShouldBeOfType<SweepFileResult.Parsed>();
        var pair = IdxPair.Find(parsed.Spec.Data!).ShouldNotBeNull();
        pair.ShouldBe(new IdxPair("a/i.gz", "l", "u", "v"));
        parsed.Plan.Data.ShouldBe(pair.ToString());

        var canonical = CanonicalSpec.JsonOf(parsed.Spec, parsed.Experiment);
        canonical.ShouldContain("""
            "data":{"images":"a/i.gz","labels":"l","test_images":"u","test_labels":"v"}
            """);
        SweepFile.Parse(canonical, "x", ExperimentCatalog.Default)
            .ShouldBeOfType<SweepFileResult.Parsed>().Spec.Data.ShouldBe(parsed.Spec.Data);
    }

    [Fact]
    public void Paths_are_relative_to_a_folder_and_have_one_spelling()
    {
        var pair = new IdxPair("../i.gz", "/d/l", null, null).Under("/home/a");
        pair.ShouldBe(new IdxPair("/home/i.gz", "/d/l", null, null));
        pair.ToString().ShouldBe("""idx:{"images":"/home/i.gz","labels":"/d/l"}""");
        IdxPair.Find(pair.ToString()).ShouldBe(pair);
        IdxPair.Find("mnist").ShouldBeNull();
    }

    [Theory]
    [InlineData("{images: i}", "data.labels: found nothing, expected the path of an IDX file")]
    [InlineData("{images: i, labels: 3}", "data.labels: found 3, expected the path of an IDX file")]
    [InlineData("{images: i, labels: ''}", "data.labels: found \"\", expected the path of an IDX file")]
    [InlineData("{images: i, labels: l, test_images: u}", "data.test_labels: found nothing, expected the path")]
    [InlineData("{images: i, labels: l, image: u}", "data.image: found an unknown key, expected images perhaps")]
    [InlineData("[i, l]", "data: found a list, expected one of fashion-mnist, mnist, or {images: PATH, labels: PATH}")]
    public void A_pair_that_is_not_one_is_refused_with_its_key(string data, string problem) =>
        Problems(data, "accuracy", "maximize").ShouldHaveSingleItem().ShouldContain(problem);

    [Theory]
    [InlineData("fid_clf")]
    [InlineData("fid_clf_fresh")]
    public void A_metric_that_needs_a_feature_network_cannot_rank_data_by_path(string metric) =>
        Problems(Pair, metric, "minimize").ShouldBe(
            [$"x.yaml:5:10: metric.name: found \"{metric}\", expected another metric: {metric} needs a feature "
                + "network, and data by path have none"]);

    private static string[] Problems(string data, string metric, string goal) =>
        [.. Parse(data, metric, goal).ShouldBeOfType<SweepFileResult.Wrong>().Problems.Select(p => p.ToString())];

    private static SweepFileResult Parse(string data, string metric = "accuracy", string goal = "maximize") =>
        SweepFile.Parse(
            $$"""
            name: own
            question: Do images of one's own train?
            experiment: two-head
            data: {{data}}
            metric: {name: {{metric}}, goal: {{goal}}}
            """,
            "x.yaml",
            ExperimentCatalog.Default);
}
