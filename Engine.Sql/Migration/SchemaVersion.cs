using System.Globalization;

namespace Engine.Sql.Migration;

/// <summary>What is said where a program meets a store of another version.</summary>
internal static class SchemaVersion
{
    /// <summary>The sentence: an older store can be brought on, a newer one needs a newer program.</summary>
    /// <param name="store">How the store is named to people.</param>
    /// <param name="found">Its version; nothing where it has none.</param>
    /// <param name="known">The version that this program knows.</param>
    public static string Mismatch(string store, string? found, string known) =>
        $"the store {store} has version {found ?? "none"} and this program knows version {known}: "
        + (IsOlder(found, known)
            ? "run ./sweep migrate, after which older programs can no longer use it"
            : "use the program that made it, or another store");

    private static bool IsOlder(string? found, string known) =>
        int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && version < int.Parse(known, CultureInfo.InvariantCulture);
}
