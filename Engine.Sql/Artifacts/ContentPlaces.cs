using Shared.Engine;

namespace Engine.Sql.Artifacts;

/// <summary>
/// Which place outside the database <c>SWEEP_ARTIFACTS</c> names: the owner of a store writes it into the store.
/// </summary>
internal static class ContentPlaces
{
    /// <summary>The variable of the environment.</summary>
    public const string Variable = "SWEEP_ARTIFACTS";

    /// <summary>What the owner of a store does about a place.</summary>
    public const string HowToName =
        $"as its owner run {Variable}=/folder/that/every/box/sees ./sweep migrate, or with "
        + $"{Variable}=s3://BUCKET/PREFIX";

    private const string S3 = "s3://";

    /// <summary>The place as the environment names it; nothing where it names none.</summary>
    /// <exception cref="StoreUnusableException">It names something else.</exception>
    public static string? OfEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? Check(text) : null;

    /// <summary>A place as it is written.</summary>
    /// <exception cref="StoreUnusableException">It is neither an absolute folder nor an S3 URL.</exception>
    public static string Check(string text) =>
        (text.StartsWith(S3, StringComparison.Ordinal) ? text.Length > S3.Length && text[S3.Length] != '/'
            : Path.IsPathFullyQualified(text))
            ? text.TrimEnd('/')
            : throw new StoreUnusableException(
                $"{Variable} is '{text}': it takes an absolute folder that every box sees, or s3://BUCKET/PREFIX");

    /// <summary>Opens a place.</summary>
    /// <param name="place">An absolute folder or an S3 URL.</param>
    /// <param name="store">Id of the store, under which its contents lie: a place may serve several.</param>
    public static IContentPlace Open(string place, string store)
    {
        if (!place.StartsWith(S3, StringComparison.Ordinal))
        {
            return new FolderPlace(new ContentFolder(Path.Combine(place, store)));
        }

        var parts = place[S3.Length..].Split('/', 2);
        var prefix = parts.Length == 2 && parts[1].Length > 0 ? $"{parts[1]}/{store}" : store;
        return new S3Place(S3Place.ClientOfEnvironment(), parts[0], prefix);
    }
}
