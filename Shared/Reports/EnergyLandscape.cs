using System.Collections.Immutable;
using System.Text.Json;

namespace Shared.Reports;

/// <summary>
/// An energy of the plane and its field −∇E, the drift of Langevin chains, stored as
/// <c>landscape.json</c>; a report draws it.
/// </summary>
/// <param name="Low">Both coordinates' lower end.</param>
/// <param name="High">Their upper end.</param>
/// <param name="Side">Points of the energies along each side, the ends among them.</param>
/// <param name="Energies">E, row by row from the lower ends, shape [side, side].</param>
/// <param name="ArrowSide">Points of the field along each side, in the middles of as many cells.</param>
/// <param name="Downhill">−∇E, row by row from the lower ends, shape [arrow side, arrow side, 2].</param>
/// <param name="Centres">Where the density that is learnt has its modes, shape [modes, 2].</param>
public sealed record EnergyLandscape(
    float Low,
    float High,
    int Side,
    ImmutableArray<float> Energies,
    int ArrowSide,
    ImmutableArray<float> Downhill,
    ImmutableArray<ImmutableArray<float>> Centres)
{
    /// <summary>Name of the artifact.</summary>
    public const string FileName = "landscape.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    /// <summary>The artifact's bytes.</summary>
    public byte[] ToBytes() => ArtifactJson.Write(json =>
    {
        json.WriteNumber("low", Low);
        json.WriteNumber("high", High);
        json.WriteNumber("side", Side);
        ArtifactJson.Write(json, "energies", Energies);
        json.WriteNumber("arrowSide", ArrowSide);
        ArtifactJson.Write(json, "downhill", Downhill);
        ArtifactJson.Write(json, "centres", Centres);
    });

    /// <summary>The landscape of an artifact, or nothing where its bytes are none.</summary>
    public static EnergyLandscape? Read(ReadOnlySpan<byte> bytes) => ArtifactJson.Read(bytes, Read);

    private static EnergyLandscape? Read(JsonElement root)
    {
        var read = new EnergyLandscape(
            root.GetProperty("low").GetSingle(),
            root.GetProperty("high").GetSingle(),
            root.GetProperty("side").GetInt32(),
            ArtifactJson.Floats(root.GetProperty("energies")),
            root.GetProperty("arrowSide").GetInt32(),
            ArtifactJson.Floats(root.GetProperty("downhill")),
            ArtifactJson.Rows(root.GetProperty("centres")));
        return read.Low < read.High
            && read.Side >= 2 && read.Energies.Length == (long)read.Side * read.Side
            && read.ArrowSide >= 1 && read.Downhill.Length == 2L * read.ArrowSide * read.ArrowSide
            && read.Centres.All(centre => centre.Length == 2)
            ? read
            : null;
    }
}
