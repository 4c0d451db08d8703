using System.Text.Json;

namespace Shared.Data;

/// <summary>
/// Images and labels that a sweep file names by path: <c>data: {images: PATH, labels: PATH}</c>.
/// </summary>
/// <param name="Images">IDX file of the images, shape [count, height, width].</param>
/// <param name="Labels">IDX file of the labels, shape [count].</param>
/// <param name="TestImages">Images of the test part; nothing: the last sixth of the images.</param>
/// <param name="TestLabels">Labels of the test part; nothing exactly when its images are.</param>
public sealed record IdxPair(string Images, string Labels, string? TestImages, string? TestLabels)
{
    /// <summary>Of how many images the last one belongs to the test part where the file names none.</summary>
    public const int TestShare = 6;

    private const string Prefix = "idx:";

    /// <summary>The pair as a sweep file says it, canonical JSON.</summary>
    public string Json
    {
        get
        {
            var keys = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["images"] = Images,
                ["labels"] = Labels,
            };
            if (TestImages is not null && TestLabels is not null)
            {
                (keys["test_images"], keys["test_labels"]) = (TestImages, TestLabels);
            }

            return CanonicalJson.Of(JsonSerializer.Serialize(keys));
        }
    }

    /// <summary>The pair that a sweep names as its data, or nothing when it names a set.</summary>
    /// <param name="data">As <see cref="ToString"/> gave it, or the name of a set.</param>
    /// <exception cref="JsonException">It begins as a pair and goes on as something else.</exception>
    public static IdxPair? Find(string data)
    {
        if (!data.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(data[Prefix.Length..]);
        return json.RootElement.TryGetProperty("images", out var images)
            && json.RootElement.TryGetProperty("labels", out var labels)
            ? new IdxPair(images.GetString()!, labels.GetString()!, Text("test_images"), Text("test_labels"))
            : throw new JsonException($"no pair of files: {data}");

        string? Text(string key) =>
            json.RootElement.TryGetProperty(key, out var text) ? text.GetString() : null;
    }

    /// <summary>The same files, named from the root.</summary>
    /// <param name="folder">What relative paths are relative to, absolute.</param>
    public IdxPair Under(string folder) => new(
        Path.GetFullPath(Images, folder),
        Path.GetFullPath(Labels, folder),
        TestImages is null ? null : Path.GetFullPath(TestImages, folder),
        TestLabels is null ? null : Path.GetFullPath(TestLabels, folder));

    /// <summary>The one spelling of the pair where a name of a set could stand.</summary>
    public override string ToString() => Prefix + Json;
}
