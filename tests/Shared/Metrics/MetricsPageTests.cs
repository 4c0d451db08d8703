using System.Text;
using Shared.Experiments;
using Shared.Metrics;
using Tests.Shared.Reports;

namespace Tests.Shared.Metrics;

public sealed class MetricsPageTests
{
    [Fact]
    public void The_page_in_docs_is_the_one_that_the_declarations_give()
    {
        var page = MetricsPage.Render(MetricsPage.Declared);
        RepositoryFiles.WriteArtifact("METRICS.md", Encoding.UTF8.GetBytes(page));

        Encoding.UTF8.GetString(RepositoryFiles.Read("docs/METRICS.md"))
            .ShouldBe(page, "copy artifacts/METRICS.md over docs/METRICS.md");
    }

    [Fact]
    public void Every_metric_of_every_experiment_is_on_the_page()
    {
        var names = MetricsPage.Declared.Select(m => m.Name).ToArray();

        TwoHeadParameters.Metrics.Concat(ToyParameters.Metrics).ShouldAllBe(m => names.Contains(m.Name));
        names.ShouldBeUnique();
    }

    [Fact]
    public void A_definition_says_everything_that_its_declaration_does()
    {
        var page = MetricsPage.Render([TrainingMetrics.UpdatesPerSecond]);

        page.ShouldContain(
            "| [`updates_per_second`](#updates_per_second) | updates/s | more is better | `timing` |");
        page.ShouldContain("## updates_per_second\n\nUpdates a second");
        page.ShouldContain("    updates / elapsed\n");
    }
}
