using System.Collections.Immutable;
using System.Text;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>Everything that a report is made from; equal sources give equal bytes.</summary>
/// <param name="State">The sweep, finished or not.</param>
/// <param name="Batches">Its metric batches, in any order.</param>
/// <param name="Artifacts">Its artifacts, in any order.</param>
/// <param name="Metrics">What the experiment declares; points of undeclared metrics are left out.</param>
public sealed record ReportSource(
    SweepState State,
    ImmutableArray<MetricBatch> Batches,
    ImmutableArray<ReportArtifact> Artifacts,
    IReadOnlyList<MetricDeclaration> Metrics);

/// <summary>An artifact that a report lists and, where it is a picture or holds what it computes with, reads.</summary>
/// <param name="Entry">What the store says about it.</param>
/// <param name="Bytes">
/// Its content as stored; empty where it was not read because no report shows it.
/// </param>
public sealed record ReportArtifact(ArtifactEntry Entry, ImmutableArray<byte> Bytes)
{
    /// <summary>Whether a report shows such an artifact, so that its bytes are needed.</summary>
    public static bool IsShown(ArtifactEntry entry) =>
        IsPicture(entry)
        || entry.Name is EvaluationHistograms.FileName or OodScoreFile.FileName
            or ChainEnergies.FileName or NearestRecord.FileName
            or EnergyLandscape.FileName;

    /// <summary>Whether it is a picture that a browser shows.</summary>
    public static bool IsPicture(ArtifactEntry entry) =>
        string.Equals(entry.MediaType, "image/png", StringComparison.Ordinal);
}

/// <summary>One file of a report.</summary>
/// <param name="Name">Path below the report's folder, with forward slashes.</param>
/// <param name="Bytes">
/// Its content; text is UTF-8 without a byte order mark, lines end in one line feed.
/// </param>
public sealed record ReportFile(string Name, ImmutableArray<byte> Bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A file of text.</summary>
    public static ReportFile OfText(string name, string text) => new(name, [.. Utf8.GetBytes(text)]);
}
