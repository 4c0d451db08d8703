namespace Bench.Claims;

/// <summary>A table of medians over replicates, what was published, and what must hold.</summary>
/// <param name="Name">Name of the command.</param>
/// <param name="Description">What it trains.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">Metrics that the table shows.</param>
/// <param name="Published">For a row and a metric, what was published; empty where nothing was.</param>
/// <param name="Claims">What must hold of the rows, by their names.</param>
/// <param name="LeftOut">What is not measured, one clause each.</param>
internal sealed record Study(
    string Name,
    string Description,
    IReadOnlyList<RowPlan> Rows,
    IReadOnlyList<string> Columns,
    Func<string, string, string> Published,
    Func<IReadOnlyDictionary<string, Row>, IReadOnlyList<Claim>> Claims,
    IReadOnlyList<string> LeftOut);
