using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Shared.Metrics;
using Shared.Search;
using Shared.Statistics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>One metric by the values of some parameters down and of others across.</summary>
/// <param name="Asked">What is shown.</param>
/// <param name="Metric">The declaration of its metric, its direction the one that the sweep goes for.</param>
/// <param name="Rows">The values that a row stands for, one a parameter; <c>off</c> where it is switched off.</param>
/// <param name="Columns">The same across; one empty entry where nothing stands across.</param>
/// <param name="Cells">Row by row; a combination that no trial has is an empty cell.</param>
public sealed record PivotTable(
    ReportTable Asked,
    MetricDeclaration Metric,
    ImmutableArray<ImmutableArray<string>> Rows,
    ImmutableArray<ImmutableArray<string>> Columns,
    ImmutableArray<PivotCell> Cells)
{
    private const string Off = "off";
    private const int MostByDefault = 100;   // configurations

    /// <summary>The cell of a row and a column.</summary>
    public PivotCell this[int row, int column] => Cells[(row * Columns.Length) + column];

    /// <summary>Most configurations that one cell takes together.</summary>
    public int Together => Cells.Select(c => c.Trials.DistinctBy(t => t.State.Configuration).Count()).Max();

    /// <summary>The table, or nothing where its metric is no result of the experiment.</summary>
    /// <param name="asked">What to show.</param>
    /// <param name="metrics">The declared results, their direction the one that the sweep goes for.</param>
    /// <param name="trials">Every trial, in the order of the grid.</param>
    public static PivotTable? Of(
        ReportTable asked, IEnumerable<MetricDeclaration> metrics, ImmutableArray<TrialResult> trials)
    {
        if (metrics.FirstOrDefault(m => m.Name == asked.Value) is not { } metric)
        {
            return null;
        }

        var rows = Combinations(asked.Rows, trials);
        var columns = Combinations(asked.Columns, trials);
        var groups = trials.ToLookup(t => (Key(t, asked.Rows), Key(t, asked.Columns)));
        return new PivotTable(asked, metric, rows, columns,
        [
            .. from row in rows
               from column in columns
               select PivotCell.Of(groups[(Joined(row), Joined(column))], metric.Name, asked.Aggregate),
        ]);
    }

    /// <summary>
    /// The tables of a sweep that asks for none: nothing with fewer than two swept parameters, or with so many
    /// configurations that nobody would read it.
    /// </summary>
    public static ImmutableArray<ReportTable> Default(SweepPlan plan) =>
        plan.Swept.Length < 2 || plan.Configurations.Length > MostByDefault
        ? []
        : [new ReportTable(plan.Swept[..^1], plan.Swept[^1..], plan.Metric.Name, Aggregate.Mean)];

    /// <summary>The cell whose mean is clearly ahead of the next one, over trials that share all else.</summary>
    public PivotCell? Ahead()
    {
        if (Asked.Aggregate is not Aggregate.Mean || Metric.Direction is Direction.None)
        {
            return null;
        }

        var shared = new Dictionary<string, int>(StringComparer.Ordinal);
        var named = Asked.Rows.AddRange(Asked.Columns);
        var ranking = Ranking.Of(
            [.. Cells.Select(cell => cell.Trials
                .Select(t => (Pair: PairOf(t), Value: t.Counted(Metric.Name)))
                .Where(t => t.Value is not null)
                .ToImmutableSortedDictionary(t => t.Pair, t => t.Value!.Value))],
            Metric.Direction is Direction.Lower);
        return ranking is { IsClear: true } ? Cells[ranking.Best] : null;

        int PairOf(TrialResult trial)
        {
            var rest = Configuration.JsonOf(trial.Configuration.Swept.RemoveRange(named));
            var key = string.Create(CultureInfo.InvariantCulture, $"{trial.State.Replicate} {rest}");
            return shared.TryGetValue(key, out var pair) ? pair : shared[key] = shared.Count;
        }
    }

    /// <summary>The values of parameters that trials have, in the order of the file, the last one fastest.</summary>
    private static ImmutableArray<ImmutableArray<string>> Combinations(
        ImmutableArray<string> names, ImmutableArray<TrialResult> trials)
    {
        var places = names.Select(name => trials.Select(t => ValueOf(t, name))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(value => value == Off)
            .Select((value, place) => (value, place))
            .ToDictionary(v => v.value, v => v.place, StringComparer.Ordinal)).ToArray();
        return
        [
            .. trials.Select(t => names.Select(name => ValueOf(t, name)).ToImmutableArray())
                .DistinctBy(Joined, StringComparer.Ordinal)
                .Order(Comparer<ImmutableArray<string>>.Create((a, b) => Enumerable.Range(0, names.Length)
                    .Select(i => places[i][a[i]].CompareTo(places[i][b[i]]))
                    .FirstOrDefault(order => order != 0))),
        ];
    }

    private static string Key(TrialResult trial, ImmutableArray<string> names) =>
        Joined(names.Select(name => ValueOf(trial, name)));

    private static string Joined(IEnumerable<string> values) => string.Join('\n', values);

    private static string Joined(ImmutableArray<string> values) => Joined(values.AsEnumerable());

    private static string ValueOf(TrialResult trial, string name) =>
        trial.Configuration.Resolved.TryGetValue(name, out var value)
        || trial.Configuration.Swept.TryGetValue(name, out value)
            ? value.Display
            : Off;
}

/// <summary>A cell of a table.</summary>
/// <param name="Trials">The trials that have its values.</param>
/// <param name="Count">How many of them have the metric.</param>
/// <param name="Value">What they amount to; nothing where none has the metric.</param>
/// <param name="Deviation">Sample standard deviation beside a mean of two or more; nothing otherwise.</param>
/// <param name="Interval">
/// Beside a median the quartiles; beside an interquartile mean its 95 % bootstrap interval, drawn within
/// configurations, where there are trials enough for one.
/// </param>
public sealed record PivotCell(
    ImmutableArray<TrialResult> Trials,
    int Count,
    double? Value,
    double? Deviation,
    ConfidenceInterval? Interval)
{
    private const ulong Draws = 1;   // seed of the bootstrap: the same report gives the same interval

    /// <summary>How many of its trials diverged.</summary>
    public int Diverged => Trials.Count(t => t.IsDiverged);

    /// <summary>How many completed without a finite value.</summary>
    public int Without => Trials.Count(t => t.IsCompleted) - Count;

    /// <summary>A cell of trials.</summary>
    public static PivotCell Of(IEnumerable<TrialResult> trials, string metric, Aggregate aggregate)
    {
        ImmutableArray<TrialResult> own = [.. trials];
        double[][] strata = [.. own.GroupBy(t => t.State.Configuration)
            .Select(g => g.Select(t => t.Counted(metric)).OfType<double>().ToArray())
            .Where(values => values.Length > 0)];
        double[] all = [.. strata.SelectMany(values => values)];
        if (all.Length == 0)
        {
            return new PivotCell(own, 0, null, null, null);
        }

        return aggregate switch
        {
            Aggregate.Median => new PivotCell(own, all.Length, OrderStatistics.Median(all), null,
                new ConfidenceInterval(OrderStatistics.Quantile(all, 0.25), OrderStatistics.Quantile(all, 0.75))),
            Aggregate.Iqm => new PivotCell(own, all.Length, OrderStatistics.InterquartileMean(all), null,
                StratifiedBootstrap.Interval(strata, OrderStatistics.InterquartileMean, Draws)),
            Aggregate.Mean => new PivotCell(
                own, all.Length, Moments.Of(all)!.Mean, Moments.Of(all)!.StandardDeviation, null),
            _ => throw new UnreachableException($"{aggregate}"),
        };
    }
}
