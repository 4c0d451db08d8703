using System.Globalization;
using System.Text;
using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>How a report draws an energy of the plane.</summary>
public sealed class LandscapeReportedTests
{
    private const int Side = 9;
    private const double Left = 46;
    private const double Foot = 392;   // of a plot of 380 × 380 pixels

    // E = x₁ over [−4, 4]²: energies −4 … 4, and −∇E = (−1, 0) everywhere.
    private static readonly EnergyLandscape Slope = new(
        -4, 4, Side,
        [.. Enumerable.Range(0, Side * Side).Select(i => (float)((i % Side) - 4))],
        2, [-1, 0, -1, 0, -1, 0, -1, 0], [[2, 0], [-4, -4]]);

    [Fact]
    public void A_landscape_is_read_as_it_was_written()
    {
        var odd = Slope with { Energies = Slope.Energies.SetItem(3, float.NaN) };
        EnergyLandscape.Read(odd.ToBytes())!.ToBytes().ShouldBe(odd.ToBytes());
        EnergyLandscape.Read(Slope.ToBytes())!.Centres[0].ShouldBe([2f, 0]);
    }

    [Theory]
    [InlineData("\"side\":9", "\"side\":8")]
    [InlineData("\"arrowSide\":2", "\"arrowSide\":3")]
    [InlineData("\"low\":-4", "\"low\":4")]
    [InlineData("[2,0]", "[2]")]
    [InlineData("\"side\":9", "\"side\":9.5")]
    [InlineData("\"high\"", "\"height\"")]
    public void What_is_no_landscape_is_none(string part, string other)
    {
        var json = Encoding.UTF8.GetString(Slope.ToBytes());
        json.ShouldContain(part);
        var changed = json.Replace(part, other, StringComparison.Ordinal);
        EnergyLandscape.Read(Encoding.UTF8.GetBytes(changed)).ShouldBeNull();
    }

    [Fact]
    public void Shades_end_where_the_energy_has_their_level()
    {
        // The lowest energy lies at the left end, so that levels lie as far to the right as they are above it.
        var svg = Svg(Slope);
        var layers = Values(svg, "<path class=\"heat\"", " d=\"M", "\"");
        double[] ends = [8, 8, 8, 8, 6, 4, 3, 2, 1, 0.5];
        layers.Select(Right).ShouldBe(ends.Select(end => Left + (380 * end / 8)), 0.06);
        foreach (var level in (string[])["0.5", "1.0", "2.0", "3.0", "4.0", "6.0", "8.0", "12.0", "16.0", "24.0"])
        {
            svg.ShouldContain($"dy=\"0.35em\">{level}</text>");
        }
    }

    [Theory]
    [InlineData(0.01, "0.005", "0.240")]   // half of the plane lies within .04
    [InlineData(100, "50", "2400")]   // and within 400
    [InlineData(20, "0.5", "24.0")]
    public void The_scale_is_one_for_all_plots_but_for_energies_that_hardly_rise_or_rise_too_far(
        double factor, string lowest, string highest)
    {
        var svg = Svg(Slope with { Energies = [.. Slope.Energies.Select(e => (float)(factor * e))] });
        svg.ShouldContain($"dy=\"0.35em\">{lowest}</text>");
        svg.ShouldContain($"dy=\"0.35em\">{highest}</text>");
    }

    [Fact]
    public void Shades_that_lie_on_each_other_come_out_as_the_scale_shows_them()
    {
        var svg = Svg(Slope);
        var layers = Numbers(svg, "<path class=\"heat\"", "opacity=\"");
        var scale = Numbers(svg, "<rect class=\"heat\"", "opacity=\"");
        scale.Length.ShouldBe(11);
        scale[10].ShouldBe(0);
        var seen = 0.0;
        for (var i = 0; i < 10; i++)
        {
            seen = 1 - ((1 - seen) * (1 - layers[i]));
            seen.ShouldBe(scale[9 - i], 0.003);
        }

        scale.ShouldBe(scale.OrderDescending());
    }

    [Fact]
    public void Arrows_point_downhill_and_the_longest_says_how_steep_it_is()
    {
        var svg = Svg(Slope);
        var path = Values(svg, "<path class=\"arrow\"", " d=\"", "\"").ShouldHaveSingleItem();
        var lines = path.Split('M', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2 * 4);   // a shaft and a head for each
        foreach (var shaft in lines.Where((_, i) => i % 2 == 0))
        {
            double[] ends = [.. shaft.Split('L', ' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            (ends[2] - ends[0]).ShouldBe(-0.9 * 190, 0.11);
            ends[3].ShouldBe(ends[1]);
        }

        With(Slope).Render("report.md").ShouldContain("Energy: the one configuration, replicate 1. "
            + "A full arrow is \\|∇E\\| = 1.00 or more.");
    }

    [Fact]
    public void Up_on_the_page_is_up_in_the_plane()
    {
        var steep = Slope with { Downhill = [0, 3, 0, 3, 0, 3, 0, 0.001f] };
        var shafts = Values(Svg(steep), "<path class=\"arrow\"", " d=\"", "\"")[0]
            .Split('M', StringSplitOptions.RemoveEmptyEntries).Where((_, i) => i % 2 == 0).ToArray();
        shafts.Length.ShouldBe(3, "too short an arrow is left out");
        double[] first = [.. shafts[0].Split('L', ' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        first[3].ShouldBeLessThan(first[1]);
        first[0].ShouldBe(Left + 95, 0.06);
        ((first[1] + first[3]) / 2).ShouldBe(Foot - 95, 0.06, "its middle is that of its cell");
    }

    [Fact]
    public void Modes_are_marked_where_they_lie()
    {
        var svg = Svg(Slope);
        Numbers(svg, "<circle class=\"mark\"", "cx=\"")[..2].ShouldBe([Left + (380 * 0.75), Left], 0.06);
        Numbers(svg, "<circle class=\"mark\"", "cy=\"")[..2].ShouldBe([Foot - 190, Foot], 0.06);
        svg.ShouldContain(">x₁</text>");
        svg.ShouldContain(">x₂</text>");
        svg.ShouldContain("viewBox=\"0 0 520 472\"");   // title and plot
    }

    [Fact]
    public void Energies_that_are_all_one_or_not_finite_and_what_is_no_landscape_leave_the_section_out()
    {
        var flat = Slope with { Energies = [.. Slope.Energies.Select(_ => 1f)] };
        var lost = Slope with { Energies = [.. Slope.Energies.Select(_ => float.NaN)] };
        With(flat).Render("report.md").ShouldNotContain("Energy landscapes");
        With(lost).Render("report.md").ShouldNotContain("Energy landscapes");
        With("{}"u8.ToArray()).Render("report.md").ShouldNotContain("Energy landscapes");
    }

    [Fact]
    public void A_field_that_vanishes_has_no_arrows_and_the_rest_is_drawn()
    {
        var still = Slope with { Downhill = [.. Slope.Downhill.Select(_ => 0f)] };
        Svg(still).ShouldNotContain("class=\"arrow\"");
        With(still).Render("report.md").ShouldNotContain("A full arrow");
    }

    [Fact]
    public void Twelve_landscapes_of_eight_wells_are_well_below_two_megabytes()
    {
        string[] values = [.. Enumerable.Range(1, 12).Select(i => $"{i}")];
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [("sampler.steps", values)]));
        for (var trial = 1; trial <= 12; trial++)
        {
            Leave(sweep, trial, Wells().ToBytes());
        }

        var html = sweep.Render("report.html");
        html.Length.ShouldBeInRange(200_000, 1_000_000);
        html.ShouldContain("More configurations");
        html.Split("aria-label=\"Energy: ").Length.ShouldBe(1 + 12);
    }

    /// <summary>Eight wells on a ring, as fine as a trial leaves them, with a wobble that makes lines long.</summary>
    private static EnergyLandscape Wells()
    {
        static double At(double x, double y) => (0.3 * Math.Sin(3 * x) * Math.Sin(3 * y))
            - Math.Log(1e-6 + Enumerable.Range(0, 8).Sum(
                k => Math.Exp(-(Math.Pow(x - (2 * Math.Cos(Math.PI * k / 4)), 2)
                    + Math.Pow(y - (2 * Math.Sin(Math.PI * k / 4)), 2)) / 0.18)));
        var energies = Enumerable.Range(0, 64 * 64)
            .Select(i => (float)At(-4 + (8.0 * (i % 64) / 63), -4 + (8.0 * (i / 64) / 63)));
        var field = Enumerable.Range(0, 2 * 16 * 16).Select(i => (float)Math.Sin(i));
        return new EnergyLandscape(-4, 4, 64, [.. energies], 16, [.. field], [[2, 0]]);
    }

    private static RecordedSweep With(EnergyLandscape landscape) => With(landscape.ToBytes());

    private static RecordedSweep With(byte[] bytes)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        Leave(sweep, 1, bytes);
        return sweep;
    }

    private static void Leave(RecordedSweep sweep, int trial, byte[] bytes)
    {
        var attempt = sweep.Claim(trial);
        sweep.Store(attempt, EnergyLandscape.FileName, bytes, EnergyLandscape.MediaType);
        sweep.End(attempt, Outcome.Completed);
    }

    private static string Svg(EnergyLandscape landscape) => Encoding.UTF8.GetString(
        [.. Report.Render(With(landscape).Model()).Single(f => f.Name.EndsWith("-landscape.svg")).Bytes]);

    /// <summary>The rightmost point of a closed line.</summary>
    private static double Right(string path) => path.Split('Z', 'M')
        .Where(line => line.Length > 0)
        .SelectMany(line => line.Split(' ').Where((_, i) => i % 2 == 0))
        .Max(x => double.Parse(x, CultureInfo.InvariantCulture));

    private static double[] Numbers(string svg, string element, string attribute) =>
        [.. Values(svg, element, attribute, "\"").Select(value => double.Parse(value, CultureInfo.InvariantCulture))];

    private static string[] Values(string svg, string element, string from, string to) =>
    [
        .. svg.Split(element).Skip(1).Select(rest => rest[..rest.IndexOf('>')])
            .Select(rest => rest[(rest.IndexOf(from, StringComparison.Ordinal) + from.Length)..])
            .Select(rest => rest[..rest.IndexOf(to, StringComparison.Ordinal)]),
    ];
}
