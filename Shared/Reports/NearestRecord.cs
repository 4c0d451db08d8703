using System.Collections.Immutable;

namespace Shared.Reports;

/// <summary>
/// How far samples and test images lie from training images, stored as <c>nearest.json</c> beside the picture
/// <c>nearest.png</c>, a column a sample with its nearest training images below it.
/// </summary>
/// <param name="Images">How many training images were searched.</param>
/// <param name="Samples">Of each sample, the distances (L2 over pixels in [−1, 1]) of its nearest, rising.</param>
/// <param name="Indices">Which training images they are, from 0, in the same order.</param>
/// <param name="Test">Of each of as many test images, the distance of its nearest.</param>
public sealed record NearestRecord(
    int Images,
    ImmutableArray<ImmutableArray<float>> Samples,
    ImmutableArray<ImmutableArray<int>> Indices,
    ImmutableArray<float> Test)
{
    /// <summary>Name of the artifact.</summary>
    public const string FileName = "nearest.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    /// <summary>Name of the picture.</summary>
    public const string PictureName = "nearest.png";

    /// <summary>The artifact's bytes.</summary>
    public byte[] ToBytes() => ArtifactJson.Write(json =>
    {
        json.WriteNumber("images", Images);
        ArtifactJson.Write(json, "samples", Samples);
        ArtifactJson.Write(json, "indices", Indices);
        ArtifactJson.Write(json, "test", Test);
    });

    /// <summary>The distances of an artifact, or nothing where its bytes are none.</summary>
    public static NearestRecord? Read(ReadOnlySpan<byte> bytes) => ArtifactJson.Read(bytes, root => new NearestRecord(
        root.GetProperty("images").GetInt32(),
        ArtifactJson.Rows(root.GetProperty("samples")),
        [.. root.GetProperty("indices").EnumerateArray().Select(ArtifactJson.Integers)],
        ArtifactJson.Floats(root.GetProperty("test"))));
}
