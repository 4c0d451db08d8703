using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Search;

namespace Shared.Reports.Sections;

/// <summary>
/// What was the same everywhere: fixed parameters, and those that another one switches off.
/// </summary>
internal static class ParameterSection
{
    /// <summary>The section.</summary>
    public static Section Of(ReportModel model)
    {
        var fixedOnes = Fixed(model);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(fixedOnes.IsEmpty
            ? new Block.Paragraph("None.")
            : new Block.Table([new("parameter"), new("value"), new("")], fixedOnes));
        string[] ignored =
        [
            .. model.Plan.Ignored.Where(p => model.Plan.Configurations.All(c => !c.Resolved.ContainsKey(p))),
        ];
        if (ignored.Length > 0)
        {
            blocks.Add(new Block.Paragraph(
                "Ignored, because another parameter switches them off in every configuration: "
                + Prose.Join(", ", ignored.Select(Prose.Code)) + "."));
        }

        return new Section("parameters", "Fixed parameters", blocks.ToImmutable());
    }

    private static ImmutableArray<ImmutableArray<Prose>> Fixed(ReportModel model)
    {
        var all = model.Plan.Configurations;
        return [.. all.SelectMany(c => c.Resolved)
            .Where(p => !model.Plan.Swept.Contains(p.Key))
            .GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Row(g.Key, [.. g], all.Length))];
    }

    private static ImmutableArray<Prose> Row(string name, ParameterValue[] values, int configurations) =>
    [
        Prose.Code(name),
        string.Join(", ", values.Select(v => v.Display).Distinct(StringComparer.Ordinal)),
        values.Length == configurations ? "" : $"on in {values.Length} of {configurations} configurations",
    ];
}
