using System.CommandLine;
using System.Text.Json;

namespace Bench.Claims;

/// <summary>The command of a study.</summary>
internal static class StudyCommand
{
    /// <summary>Runs the study's sweeps, shows medians and judges what must hold.</summary>
    public static Command Create(Study study)
    {
        var slots = new Option<int?>("--slots")
        {
            HelpName = "N",
            Description = "How many trials run at once; the number of cores where not given",
        };
        slots.Validators.Add(result =>
        {
            if (result.GetValue(slots) is < 1 or > 1_024)
            {
                result.AddError("--slots takes a whole number from 1 to 1024");
            }
        });
        var output = BenchOptions.Output();
        var command = new Command(study.Name, study.Description) { slots, output };
        command.SetAction((parsed, _) =>
            RunAsync(study, parsed.GetValue(slots), BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static async Task<int> RunAsync(Study study, int? slots, bool json)
    {
        var folder = Path.Combine(BenchPlaces.Clone, "artifacts", $"{study.Name}-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var runs = new SweepRuns(folder, slots);
            var rows = new List<Row>();
            foreach (var plan in study.Rows)
            {
                rows.Add(await runs.RowAsync(plan));
            }

            var claims = study.Claims(rows.ToDictionary(row => row.Name, StringComparer.Ordinal));
            Console.Write(json ? Json(study, rows, claims) : StudyTable.Of(study, rows, claims));
            return claims.All(claim => claim.Holds) ? 0 : 1;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Json(Study study, IReadOnlyList<Row> rows, IReadOnlyList<Claim> claims) =>
        JsonSerializer.Serialize(
            new
            {
                study = study.Name,
                machine = Machine.Now(),
                rows = rows.Select(row => new
                {
                    row.Name,
                    row.Diverged,
                    medians = study.Columns.ToDictionary(column => column, row.Median),
                    values = study.Columns.ToDictionary(column => column, row.Values),
                }),
                claims,
                study.LeftOut,
            },
            BenchJson.Options) + "\n";
}
