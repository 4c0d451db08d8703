using System.Collections.Immutable;
using Shared.Experiments;
using Shared.Metrics;

namespace Shared.Sweeps;

/// <summary>
/// Reads the key <c>report</c>: <c>{rows: sampler.steps, columns: [initialisation.start], value: fid_clf,
/// aggregate: median}</c>, or a list of such tables.
/// </summary>
internal static class SweepFileReport
{
    /// <summary>Key of a sweep file.</summary>
    public const string Key = "report";

    private const string Rows = "rows";
    private const string Columns = "columns";
    private const string Value = "value";
    private const string Aggregation = "aggregate";
    private const int TableLimit = 16;
    private const string Expected =
        "{rows: PARAMETER, columns: PARAMETER, value: METRIC, aggregate: mean}, or a list of 1 to 16 of them";

    /// <summary>What the file says, or nothing without the key or once a problem is noted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="experiment">Its experiment, once known.</param>
    /// <param name="metric">The sweep's own metric, which a table shows where it names none.</param>
    /// <param name="findings">Where problems go.</param>
    public static SweepReport? Read(
        SweepFileSection file, ExperimentDeclaration? experiment, string metric, SweepFileFindings findings)
    {
        if (file.Find(Key) is not { } entry)
        {
            return null;
        }

        var items = entry.Value is SweepFileNode.List list ? list.Items : [entry.Value];
        if (items.Length is 0 or > TableLimit)
        {
            file.Refuse(entry, items.IsEmpty ? Expected : $"at most {TableLimit} tables, and these are {items.Length}");
            return null;
        }

        if (items.FirstOrDefault(item => item is not SweepFileNode.Map) is { } other)
        {
            findings.AddWrong(other.Place, Key, other, Expected);
            return null;
        }

        if (experiment is null)
        {
            return null;
        }

        ImmutableArray<ReportTable> tables =
            [.. items.Cast<SweepFileNode.Map>().Select(map => ReadTable(map, experiment, metric, findings))];
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tables.Length; i++)
        {
            if (!known.Add(tables[i].Json))
            {
                findings.AddWrong(items[i].Place, Key, items[i], "each table once");
            }
        }

        return new SweepReport(tables);
    }

    private static ReportTable ReadTable(
        SweepFileNode.Map map, ExperimentDeclaration experiment, string metric, SweepFileFindings findings)
    {
        var section = new SweepFileSection(map, Key, map.Place, findings);
        section.RefuseOthers([Rows, Columns, Value, Aggregation]);
        var named = new HashSet<string>(StringComparer.Ordinal);
        var down = section.Require(Rows, "the dotted name of a parameter, or a list of them") is { } rows
            ? Parameters(section, rows, experiment, named, findings)
            : [];
        var across = section.Find(Columns) is { } columns
            ? Parameters(section, columns, experiment, named, findings)
            : [];
        var results = experiment.Metrics.Where(m => m.Kind is MetricKind.Result).Select(m => m.Name);
        var value = section.Find(Value) is null ? metric : section.OneOf(Value, [.. results]);
        var written = section.Find(Aggregation) is null
            ? Spelling.Kebab(nameof(Aggregate.Mean))
            : section.OneOf(Aggregation, [.. Enum.GetNames<Aggregate>().Select(Spelling.Kebab)]);
        var aggregate = Enum.GetValues<Aggregate>().FirstOrDefault(a => Spelling.Kebab(a.ToString()) == written);
        return new ReportTable(down, across, value ?? "", aggregate);
    }

    private static ImmutableArray<string> Parameters(
        SweepFileSection section,
        SweepFileEntry entry,
        ExperimentDeclaration experiment,
        HashSet<string> named,
        SweepFileFindings findings)
    {
        var items = entry.Value is SweepFileNode.List list ? list.Items : [entry.Value];
        if (items.IsEmpty && entry.Key == Rows)
        {
            section.Refuse(entry, "the dotted name of a parameter, or a list of them");
        }

        var names = ImmutableArray.CreateBuilder<string>(items.Length);
        foreach (var item in items)
        {
            var name = (item as SweepFileNode.Scalar)?.Text ?? "";
            if (experiment.Find(name) is null)
            {
                findings.AddWrong(
                    item.Place, $"{Key}.{entry.Key}", item,
                    SweepFileSuggestion.Among(name, [.. experiment.Parameters.Select(p => p.Name)]));
            }
            else if (!named.Add(name))
            {
                findings.AddWrong(item.Place, $"{Key}.{entry.Key}", item, "each parameter once in a table");
            }
            else
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }
}
