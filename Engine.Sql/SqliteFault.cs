using Microsoft.Data.Sqlite;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>
/// Says in one sentence what a failure of SQLite means for the person who runs the program.
/// </summary>
internal static class SqliteFault
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The failure as the store's user sees it; a fault of this program stays what it is.</summary>
    public static Exception Explain(Exception failure, string path) =>
        failure is not SqliteException sqlite || Sentence(sqlite, path) is not { } sentence ? failure
            : sqlite.SqliteErrorCode is Busy or Locked or Full
                ? new StoreUnreachableException(sentence, sqlite)
            : new StoreUnusableException(sentence);

    private static string? Sentence(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        Busy or Locked =>
            $"the store {path} stayed locked by another process: see which one holds it and try again",
        ReadOnly =>
            $"the store {path} cannot be written: give this user the right to write it and its folder",
        InputOutput => $"the disk under the store {path} failed ({failure.Message}): see the system's log",
        Corrupt => $"the store {path} is damaged ({failure.Message}): put back a copy of the file",
        Full => $"the disk under the store {path} is full: make room and try again",
        CannotOpen =>
            $"the store {path} cannot be opened: see that it is a file and that its folder can be written",
        NotADatabase => $"{path} is not a SQLite database: name another store, or move that file away",
        _ => null,
    };
}
