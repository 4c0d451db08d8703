namespace Shared.Reports.Document;

/// <summary>Where the files that Markdown links to lie, seen from the report.</summary>
internal static class FileNames
{
    /// <summary>A plot's file.</summary>
    public static string Curve(string name) => $"curves/{name}.svg";

    /// <summary>A picture's file.</summary>
    public static string Picture(string name) => $"pictures/{name}";
}
