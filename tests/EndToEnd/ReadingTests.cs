using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>Commands that only read a store.</summary>
[Collection(SweepFixture.Collection)]
public sealed class ReadingTests(SweepFixture sweep)
{
    [Fact]
    public async Task List_names_every_sweep_and_how_far_it_is()
    {
        var table = await sweep.Undisturbed.RunAsync("list");
        var csv = await sweep.Undisturbed.RunAsync("list", "-o", "csv");
        var json = JsonSerializer.Deserialize<JsonElement>(
            (await sweep.Undisturbed.RunAsync("list", "-o", "json")).Output)[0];

        table.Output.ShouldContain("small-toy  completed  toy         4/4   0        0        0");
        csv.Output.ShouldContain("\nsmall-toy,completed,toy,4,4,0,0,0,");
        json.GetProperty("sweep").GetString().ShouldBe(SweepFixture.Name);
        json.GetProperty("state").GetString().ShouldBe("completed");
        json.GetProperty("done").GetInt32().ShouldBe(4);
        json.GetProperty("question").GetString()!.ShouldStartWith("Does a replay buffer");
    }

    [Fact]
    public async Task Status_as_csv_has_one_line_a_trial()
    {
        var ran = await sweep.Undisturbed.RunAsync("status", SweepFixture.Name, "-o", "csv");

        var lines = ran.Output.TrimEnd().Split('\n');
        lines.Length.ShouldBe(5);
        lines[0].ShouldBe("trial,configuration,initialisation.start,replicate,state,attempts,slot,seconds");
        lines[1].ShouldStartWith("1,");
        lines[1].ShouldContain(",noise,1,completed,1,");
    }

    [Fact]
    public async Task Export_writes_every_point_once_and_the_same_bytes_again()
    {
        var file = Path.Combine(sweep.Undisturbed.Folder, "points.csv");
        var printed = await sweep.Undisturbed.RunAsync("export", SweepFixture.Name);
        var written = await sweep.Undisturbed.RunAsync("export", SweepFixture.Name, "--out", file);

        written.Code.ShouldBe(0, written.Error);
        written.Output.ShouldBeEmpty();
        var text = await File.ReadAllTextAsync(file);
        text.ShouldBe(printed.Output);
        var kl = text.Split('\n').Where(line => line.Contains(",kl,", StringComparison.Ordinal)).ToList();
        kl.Count.ShouldBe(4);
        kl.ShouldAllBe(line => line.StartsWith("small-toy,") && line.Contains(",completed,kl,800,"));
    }

    [Fact]
    public async Task A_report_has_the_points_that_export_writes_by_metric()
    {
        var printed = await sweep.Undisturbed.RunAsync("export", SweepFixture.Name);
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(sweep.Undisturbed.Folder, SweepFixture.Name, "metrics.csv"));

        lines[0].ShouldBe(printed.Output.Split('\n')[0]);
        lines.Order(StringComparer.Ordinal)
            .ShouldBe(printed.Output.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
        var first = lines.Where(line => line.StartsWith("small-toy,1,", StringComparison.Ordinal))
            .Select(line => line.Split(',')[^3]).ToList();
        first.ShouldBe(first.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_as_json_holds_only_the_metrics_asked_for()
    {
        var ran = await sweep.Undisturbed.RunAsync(
            "export", SweepFixture.Name, "-o", "json", "--metric", "kl", "--metric", "gap_sd");

        var points = JsonSerializer.Deserialize<JsonElement>(ran.Output).EnumerateArray().ToList();
        points.Count.ShouldBe(8);
        points.Select(p => p.GetProperty("metric").GetString()).Distinct().Order().ShouldBe(["gap_sd", "kl"]);
        points.Select(p => p.GetProperty("trial").GetInt32()).ShouldBe([1, 1, 2, 2, 3, 3, 4, 4]);
    }

    [Fact]
    public async Task Export_of_a_metric_that_is_not_reported_lists_those_that_are()
    {
        var ran = await sweep.Undisturbed.RunAsync("export", SweepFixture.Name, "--metric", "kkl");

        ran.Code.ShouldBe(2);
        ran.Error.ShouldStartWith("--metric kkl: toy reports no such metric; it reports loss, ");
        ran.Output.ShouldBeEmpty();
    }
}
