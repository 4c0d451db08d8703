using System.Text;

namespace Tests.EngineAkka;

/// <summary>Finds names of our types, and the marks of a serialiser that writes names of any.</summary>
internal static class TypeNames
{
    private static readonly string[] Signs =
        ["$type", "$id", "PublicKeyToken", "Version=", "Engine.Akka", "Engine.Sql", "Shared.", "System."];

    public static IEnumerable<string> In(string text) =>
        Signs.Where(sign => text.Contains(sign, StringComparison.Ordinal));

    public static IEnumerable<string> In(ReadOnlySpan<byte> bytes) => In(Encoding.Latin1.GetString(bytes));
}
