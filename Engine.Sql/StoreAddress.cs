namespace Engine.Sql;

/// <summary>Where a store is.</summary>
/// <param name="Path">The database file, absolute or relative to the current directory.</param>
public sealed record StoreAddress(string Path)
{
    private const string SqliteScheme = "sqlite";

    /// <summary>Reads an address such as <c>sqlite:runs/store.db</c>.</summary>
    public static StoreAddressReply Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new StoreAddressReply.Refused(
                StoreAddressProblem.MissingScheme,
                $"the store '{text}' has no scheme: write {SqliteScheme}:PATH");
        }

        var scheme = text[..colon];
        if (scheme != SqliteScheme)
        {
            return new StoreAddressReply.Refused(
                StoreAddressProblem.UnknownScheme,
                $"the store '{text}' has the unknown scheme '{scheme}': known is {SqliteScheme}:PATH");
        }

        var path = text[(colon + 1)..];
        return path.Length == 0
            ? new StoreAddressReply.Refused(
                StoreAddressProblem.MissingPath,
                $"the store '{text}' names no file: write {SqliteScheme}:PATH")
            : new StoreAddressReply.Parsed(new StoreAddress(path));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{SqliteScheme}:{Path}";
}

/// <summary>An address as read from a text.</summary>
public abstract record StoreAddressReply
{
    private StoreAddressReply()
    {
    }

    /// <summary>The text is an address.</summary>
    public sealed record Parsed(StoreAddress Address) : StoreAddressReply;

    /// <summary>The text is no address.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="Sentence">Why and what to write instead, for people.</param>
    public sealed record Refused(StoreAddressProblem Problem, string Sentence) : StoreAddressReply;
}

/// <summary>Why a text is no address of a store.</summary>
public enum StoreAddressProblem
{
    /// <summary>Nothing says which kind of store it is.</summary>
    MissingScheme,

    /// <summary>No engine of this program has such stores.</summary>
    UnknownScheme,

    /// <summary>No file is named.</summary>
    MissingPath,
}

/// <summary>Whether a store may be made by opening it.</summary>
public enum StoreMode
{
    /// <summary>Make the store, and the folders above it, where it is missing.</summary>
    Create,

    /// <summary>The store must be there.</summary>
    Existing,
}
