using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>Where the numbers come from: program, seed, devices, libraries, and how long it took.</summary>
internal static class ProvenanceSection
{
    private static readonly JsonSerializerOptions Lines = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The section.</summary>
    public static Section Of(ReportModel model)
    {
        AttemptState[] attempts = [.. model.Trials.SelectMany(t => t.State.Attempts)];
        ImmutableArray<ImmutableArray<Prose>> rows =
        [
            ["sweep", Prose.Code(model.State.Name)],
            ["program", Prose.Code(model.State.Program)],
            ["sweep file", "sha256 " + Prose.Code(CanonicalJson.Sha256(model.Plan.Spec)) + " of its canonical JSON"],
            .. Choices(model.Plan.Choices),
            .. Parent(model.Plan.From),
            .. Evaluations(model),
            ["seed", model.Plan.Seed.ToString(CultureInfo.InvariantCulture)],
            ["submitted", Spelling.Time(model.State.SubmittedAt)],
            ["completed", model.State.CompletedAt is { } end ? Spelling.Time(end) : "not yet"],
            .. model.State.CompletedAt is { } completed
                ? [["wall time", Spelling.Length(completed - model.State.SubmittedAt)]]
                : (ImmutableArray<Prose>[])[],
            ["slot time", Spelling.Length(CostTable.SlotTime(attempts))
                + $", of it {Spelling.Length(CostTable.Wasted(attempts))} without a result"],
            ["attempts", Attempts(attempts)],
            ["workers", Distinct(attempts.Select(a => a.Place.Worker))],
            ["devices", Distinct(attempts.Select(a => a.Environment.Device))],
            ["kernels", Distinct(attempts.Select(a => a.Environment.Kernel))],
            ["libraries", Distinct(
                attempts.SelectMany(a => a.Environment.Libraries).Select(l => $"{l.Key} {l.Value}"))],
            .. model.TimingMetrics.Select(m => Timing(model, m)).OfType<ImmutableArray<Prose>>(),
        ];
        return new Section("provenance", "Provenance",
        [
            new Block.Table([new(""), new("")], rows),
            .. ParentTable.Of(model),
            .. CostTable.Of(model),
            new Block.Log("The sweep file as submitted, with its defaults: a sweep file too", Indented(model.Plan.Spec)),
            new Block.Paragraph(
                "Equal sweeps on equal devices, kernels and libraries give equal results; this report regenerates "
                + "from the store, byte for byte: " + Prose.Code(Regenerating(model)) + ".",
                IsNote: true),
        ]);
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Lines);
    }

    private static ImmutableArray<ImmutableArray<Prose>> Choices(SweepChoices? choices) =>
        choices is null ? [] : [["changed on the command line", Prose.Code($"{choices}")]];

    private static ImmutableArray<ImmutableArray<Prose>> Parent(ParentSweep? from) =>
        from is null ? [] : [["parent sweep", Prose.Code(from.Sweep)]];

    private static ImmutableArray<ImmutableArray<Prose>> Evaluations(ReportModel model) =>
        model.Evaluations.IsEmpty
            ? []
            : [["evaluations", Prose.Join(", ", model.Evaluations.Select(e => Prose.Code(e.Name)))]];

    private static string Regenerating(ReportModel model) => string.Join(
        ' ', model.Evaluations.Select(e => $"--with {e.Name}").Prepend($"./sweep report {model.State.Name}"));

    private static string Attempts(AttemptState[] attempts)
    {
        var ends = attempts.GroupBy(a => a.Outcome)
            .OrderBy(g => g.Key is { } outcome ? (int)outcome : -1)
            .Select(g => string.Create(
                CultureInfo.InvariantCulture,
                $"{g.Count()} {(g.Key is { } o ? Spelling.Kebab(o) : "running")}"));
        return attempts.Length == 0
            ? "none yet"
            : string.Create(CultureInfo.InvariantCulture, $"{attempts.Length}: {string.Join(", ", ends)}");
    }

    private static Prose Distinct(IEnumerable<string> names)
    {
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return distinct.Length == 0 ? "none yet" : string.Join(", ", distinct);
    }

    /// <summary>
    /// The range of a timing metric over the trials: it is no result, but a reader plans with it.
    /// </summary>
    private static ImmutableArray<Prose>? Timing(ReportModel model, MetricDeclaration metric)
    {
        double[] values = [.. model.Trials
            .Where(t => t.Values.ContainsKey(metric.Name)).Select(t => t.Values[metric.Name])
            .Where(double.IsFinite)];
        if (values.Length == 0)
        {
            return null;
        }

        var range = $"{Spelling.Rounded(values.Min())} to {Spelling.Rounded(values.Max())} {metric.Unit}";
        return [Prose.Code(metric.Name), range];
    }
}
