using System.Collections.Immutable;

namespace Shared.Reports;

/// <summary>
/// Energies of a few chains on their way, stored as <c>chains.json</c> beside the strip of their states,
/// <c>chains.png</c>; a report draws them.
/// </summary>
/// <param name="Columns">After how many steps each column of the strip was taken: 0 first, T last.</param>
/// <param name="Steps">After how many steps energies were taken: rising, 0 first, T last.</param>
/// <param name="Energies">Of each chain, E at each of the steps; not a number where it was not finite.</param>
public sealed record ChainEnergies(
    ImmutableArray<int> Columns, ImmutableArray<int> Steps, ImmutableArray<ImmutableArray<float>> Energies)
{
    /// <summary>Name of the artifact.</summary>
    public const string FileName = "chains.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    /// <summary>Name of the strip: one row a chain, in the order of the energies.</summary>
    public const string PictureName = "chains.png";

    /// <summary>The artifact's bytes.</summary>
    public byte[] ToBytes() => ArtifactJson.Write(json =>
    {
        ArtifactJson.Write(json, "columns", Columns);
        ArtifactJson.Write(json, "steps", Steps);
        ArtifactJson.Write(json, "energies", Energies);
    });

    /// <summary>The energies of an artifact, or nothing where its bytes are none.</summary>
    public static ChainEnergies? Read(ReadOnlySpan<byte> bytes) => ArtifactJson.Read(bytes, root =>
    {
        var read = new ChainEnergies(
            ArtifactJson.Integers(root.GetProperty("columns")),
            ArtifactJson.Integers(root.GetProperty("steps")),
            ArtifactJson.Rows(root.GetProperty("energies")));
        return !read.Columns.IsEmpty && !read.Energies.IsEmpty
            && read.Energies.All(chain => chain.Length == read.Steps.Length)
            ? read
            : null;
    });
}
