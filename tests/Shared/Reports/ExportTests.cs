using System.Globalization;
using System.Text.Json;
using Shared.Metrics;
using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class ExportTests
{
    private static readonly SweepState State = GoldenSweep.Record().Source().State;

    [Fact]
    public void Csv_has_one_line_a_point_with_its_trial_and_swept_parameters()
    {
        var export = new CsvExport(State);

        export.Head.ShouldBe("sweep,trial,configuration,sampler.step_size,initialisation.start,"
            + "replicate,outcome,metric,step,value\n");
        export.Line(State.Trial(2), new MetricPoint(30, "loss", 0.1), isFirst: false).ShouldBe(
            $"quickstart,2,{State.Trial(2).Configuration},10,noise,2,diverged,loss,30,0.1\n");
        export.Tail.ShouldBeEmpty();
    }

    [Fact]
    public void Json_is_a_list_of_objects_whose_keys_are_those_of_the_csv()
    {
        var export = new JsonExport(State);
        var text = export.Head
            + export.Line(State.Trial(1), new MetricPoint(10, "loss", 0.5), isFirst: true)
            + export.Line(State.Trial(5), new MetricPoint(20, "gap", double.NaN), isFirst: false)
            + export.Tail;

        using var json = JsonDocument.Parse(text);
        var last = json.RootElement[1];
        last.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["sweep", "trial", "configuration", "parameters", "replicate", "outcome", "metric", "step", "value"]);
        last.GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        last.GetProperty("parameters").GetProperty("sampler.step_size").GetProperty("start").GetDouble()
            .ShouldBe(20);
        json.RootElement[0].GetProperty("value").GetDouble().ShouldBe(0.5);
        text.Split('\n').Length.ShouldBe(5);
    }

    [Fact]
    public void An_export_without_points_is_whole()
    {
        var export = new JsonExport(State);

        using var json = JsonDocument.Parse(export.Head + export.Tail);
        json.RootElement.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Numbers_are_exact_and_spelt_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator) = ("~", ",");
            CultureInfo.CurrentCulture = culture;
            var point = new MetricPoint(-7, "loss", -1.5e-7);

            new CsvExport(State).Line(State.Trial(1), point, isFirst: true).ShouldEndWith(",loss,-7,-1.5E-07\n");
            new JsonExport(State).Line(State.Trial(1), point, isFirst: true)
                .ShouldEndWith("\"step\":-7,\"value\":-1.5E-07}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("geometric(20..2, steps 3)", "\"geometric(20..2, steps 3)\"")]
    [InlineData("a \"quote\"", "\"a \"\"quote\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void A_cell_is_quoted_where_it_must_be(string cell, string written) =>
        CsvLine.Of([cell, "1"]).ShouldBe($"{written},1\n");
}
