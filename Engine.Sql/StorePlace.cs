using Shared;

namespace Engine.Sql;

/// <summary>Which store a program uses: the one that is named, or the default one of the clone.</summary>
public static class StorePlace
{
    /// <summary>The default store, relative to the clone.</summary>
    public const string Default = "sqlite:runs/sweeps.db";

    /// <summary>Environment variable that names a store.</summary>
    public const string Variable = "SWEEP_STORE";

    /// <summary>A store's address, its path made absolute.</summary>
    /// <param name="given">
    /// As given on the command line, or nothing: then <c>$SWEEP_STORE</c>, then the default.
    /// </param>
    public static StoreAddressReply Of(string? given)
    {
        var chosen = given ?? Environment.GetEnvironmentVariable(Variable);
        var isDefault = string.IsNullOrEmpty(chosen);
        var root = (isDefault ? CloneFolder.Above(AppContext.BaseDirectory, File.Exists) : null)
            ?? Environment.CurrentDirectory;
        var reply = StoreAddress.Parse(isDefault ? Default : chosen!);
        return reply is StoreAddressReply.Parsed { Address: StoreAddress.Sqlite file }
            ? new StoreAddressReply.Parsed(new StoreAddress.Sqlite(Path.GetFullPath(file.Path, root)))
            : reply;
    }
}
