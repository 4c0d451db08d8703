using System.Globalization;
using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>How a report shows chains step by step.</summary>
public sealed class ChainReportedTests
{
    // Two chains of four steps: one falls by 1 a step from 4, the other lies at 2.
    private static readonly ChainEnergies Energies =
        new([0, 2, 4], [0, 1, 2, 3, 4], [[4, 3, 2, 1, 0], [2, 2, 2, 2, 2]]);

    [Fact]
    public void Energies_are_read_as_they_were_written_and_one_that_is_not_finite_stays_so()
    {
        var odd = Energies with { Energies = [[4, float.NaN, float.PositiveInfinity, 0.1f, -1e-9f]] };
        var read = ChainEnergies.Read(odd.ToBytes())!;
        read.ToBytes().ShouldBe(odd.ToBytes());
        read.Columns.ShouldBe([0, 2, 4]);
        read.Energies.ShouldHaveSingleItem().ShouldBe([4, float.NaN, float.NaN, 0.1f, -1e-9f]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"columns\":[0,1],\"steps\":[0,1],\"energies\":[[1,2,3]]}")]
    [InlineData("{\"columns\":[0,1],\"steps\":[0,1],\"energies\":[]}")]
    [InlineData("{\"columns\":[],\"steps\":[0,1],\"energies\":[[1,2]]}")]
    public void What_is_no_record_of_chains_is_none(string json) =>
        ChainEnergies.Read(System.Text.Encoding.UTF8.GetBytes(json)).ShouldBeNull();

    [Fact]
    public void A_report_shows_the_strip_with_its_steps_and_a_line_for_each_chain_and_their_mean()
    {
        var sweep = WithChains(Energies.ToBytes());
        var text = sweep.Render("report.md");
        text.ShouldContain("## Chains step by step");
        text.ShouldMatch(@"!\[x₀ … x₄, after 0, 2, 4 steps\]\(pictures/[0-9a-f]{8}-chains\.png\)");
        text.ShouldMatch(@"\(curves/[0-9a-f]{8}-chains\.svg\)");
        sweep.Render("report.html").Split("alt=\"x₀ … x₄, after 0, 2, 4 steps\"").Length.ShouldBe(2);

        var svg = Svg(sweep);
        Heights(svg, "replicate").Select(line => line.Length).ShouldBe([5, 5]);
        var (mean, falling) = (Heights(svg, "mean").First(), Heights(svg, "replicate").First());
        mean[0].ShouldBe((falling[0] + falling[2]) / 2, 0.11);   // (4 + 2)/2 = 3 lies half-way between 4 and 2
        mean[4].ShouldBe((falling[2] + falling[4]) / 2, 0.11);
        svg.ShouldContain(">finished steps<");
    }

    [Fact]
    public void A_strip_without_readable_energies_is_shown_alone()
    {
        var text = WithChains("{}"u8.ToArray()).Render("report.md");
        text.ShouldContain("![from the start to the end]");
        text.ShouldNotContain("chains.svg");
    }

    [Fact]
    public void The_strip_is_no_sample_and_a_sweep_without_one_has_no_such_section()
    {
        WithChains(Energies.ToBytes()).Render("report.md").ShouldNotContain("## Samples");
        new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("gap", 1)).Render("report.md")
            .ShouldNotContain("Chains step by step");
    }

    [Fact]
    public void Energies_none_of_which_is_finite_leave_the_plot_out()
    {
        var lost = Energies with { Energies = [[float.NaN, float.NaN, float.NaN, float.NaN, float.NaN]] };
        var text = WithChains(lost.ToBytes()).Render("report.md");
        text.ShouldContain("after 0, 2, 4 steps");
        text.ShouldNotContain("chains.svg");
    }

    [Fact]
    public void The_first_four_configurations_stand_open_and_others_fold_up_to_the_twenty_four_best()
    {
        var sweep = Many(30);
        var html = sweep.Render("report.html");
        html.Split("clip-path=\"url(#clip-").Length.ShouldBe(1 + 24);
        html[..html.IndexOf("More configurations", StringComparison.Ordinal)]
            .Split("x₀ … x₄").Length.ShouldBe(1 + (2 * 4));   // alternative text and caption of each
        html.Split("x₀ … x₄").Length.ShouldBe(1 + (2 * 24));
        sweep.Render("report.md").ShouldContain(
            "The 24 of 30 configurations with the best means; the store has the pictures of the others.");
    }

    [Fact]
    public void A_completed_replicate_stands_for_its_configuration_before_a_diverged_one()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, []));
        Chain(sweep, 1, Outcome.Diverged, Energies);
        Chain(sweep, 2, Outcome.Completed, Energies);
        sweep.Render("report.md").ShouldContain("**the one configuration**, replicate 2");
    }

    private static RecordedSweep WithChains(byte[] energies)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Store(attempt, ChainEnergies.PictureName, [1, 2, 3]);
        sweep.Store(attempt, ChainEnergies.FileName, energies, ChainEnergies.MediaType);
        return sweep.End(attempt, Outcome.Completed);
    }

    private static RecordedSweep Many(int count)
    {
        string[] values = [.. Enumerable.Range(1, count).Select(i => $"{i}")];
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [("sampler.steps", values)]));
        for (var trial = 1; trial <= count; trial++)
        {
            Chain(sweep, trial, Outcome.Completed, Energies);
        }

        return sweep;
    }

    private static void Chain(RecordedSweep sweep, int trial, Outcome outcome, ChainEnergies energies)
    {
        var attempt = sweep.Claim(trial);
        sweep.Store(attempt, ChainEnergies.PictureName, [1, 2, 3]);
        sweep.Store(attempt, ChainEnergies.FileName, energies.ToBytes(), ChainEnergies.MediaType);
        sweep.End(attempt, outcome);
    }

    private static string Svg(RecordedSweep sweep) => System.Text.Encoding.UTF8.GetString(
        [.. Report.Render(sweep.Model()).Single(f => f.Name.EndsWith("-chains.svg", StringComparison.Ordinal)).Bytes]);

    /// <summary>The heights of the points of each line of a kind, in pixels from the top.</summary>
    private static double[][] Heights(string svg, string kind) =>
    [
        .. svg.Split($"<path class=\"{kind}\" d=\"M").Skip(1).Select(line => line[..line.IndexOf('"')])
            .Where(line => !line.Contains('h')).Select(line => line.Split('L').Select(point => double.Parse(point.Split(' ')[^1], CultureInfo.InvariantCulture))
                .ToArray()),
    ];
}
