namespace Shared.Reports.Document;

/// <summary>Where the files that Markdown links to lie, seen from the report.</summary>
internal static class FileNames
{
    /// <summary>A plot's file.</summary>
    public static string Curve(string name) => $"curves/{name}.svg";

    /// <summary>A picture's file.</summary>
    public static string Picture(string name) => $"pictures/{name}";

    /// <summary>
    /// A name that is safe in every file system and link; one that is not becomes its hash.
    /// </summary>
    public static string Safe(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.'
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? name
            : CanonicalJson.Sha256(name)[..16] + ".png";
}
