namespace Engine.Sql;

/// <summary>Where a store is. Its text holds no secret and is read back as the same address.</summary>
public abstract record StoreAddress
{
    private const string SqliteScheme = "sqlite";
    private const string Forms = "write sqlite:PATH or postgres://USER@HOST/DATABASE";

    private StoreAddress()
    {
    }

    /// <summary>
    /// Reads an address such as <c>sqlite:runs/store.db</c> or <c>postgres://sweeps@head/sweeps</c>.
    /// </summary>
    public static StoreAddressReply Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new StoreAddressReply.Refused(
                StoreAddressProblem.MissingScheme, $"the store{Quoted(text)} has no scheme: {Forms}");
        }

        var (scheme, rest) = (text[..colon], text[(colon + 1)..]);
        return scheme switch
        {
            SqliteScheme when rest.Length == 0 => new StoreAddressReply.Refused(
                StoreAddressProblem.MissingPath, $"the store '{text}' names no file: {Forms}"),
            SqliteScheme => new StoreAddressReply.Parsed(new Sqlite(rest)),
            "postgres" or "postgresql" => PostgresUrl.Parse(rest),
            _ => new StoreAddressReply.Refused(
                StoreAddressProblem.UnknownScheme,
                $"the store has the unknown scheme{Quoted(scheme)}: {Forms}"),
        };
    }

    /// <summary>A text in quotes, unless it may hold a password.</summary>
    private static string Quoted(string text) => text.AsSpan().ContainsAny("@?") ? "" : $" '{text}'";

    /// <summary>A SQLite database.</summary>
    /// <param name="Path">The file, absolute or relative to the current directory.</param>
    public sealed record Sqlite(string Path) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString() => $"{SqliteScheme}:{Path}";
    }

    /// <summary>
    /// A PostgreSQL database. Passwords are no part of it: they come from <c>PGPASSWORD</c>, from the file
    /// that <c>PGPASSWORD_FILE</c> names, or from <c>PGPASSFILE</c> or <c>~/.pgpass</c>.
    /// </summary>
    /// <param name="Host">Name or number of the machine.</param>
    /// <param name="Port">From 1 to 65535.</param>
    /// <param name="Database">Name of the database.</param>
    /// <param name="User">Name of the database's user.</param>
    /// <param name="SslMode">How the connection is protected.</param>
    /// <param name="RootCertificate">
    /// File with the certificates that may sign the server's; nothing for those the system trusts.
    /// </param>
    /// <param name="Certificate">File with the user's certificate; nothing for none.</param>
    /// <param name="Key">File with the key of that certificate; nothing for none.</param>
    /// <param name="ConnectTimeout">How long connecting may take.</param>
    public sealed record Postgres(
        string Host,
        int Port,
        string Database,
        string User,
        PostgresSslMode SslMode,
        string? RootCertificate,
        string? Certificate,
        string? Key,
        TimeSpan ConnectTimeout) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString() => PostgresUrl.Write(this);
    }
}

/// <summary>
/// How a connection to PostgreSQL is protected; five of libpq's six modes. <c>allow</c>, which encrypts only
/// where the server insists, is left out: it promises nothing that <c>prefer</c> does not.
/// </summary>
public enum PostgresSslMode
{
    /// <summary><c>disable</c>: not encrypted.</summary>
    Disable,

    /// <summary><c>prefer</c>: encrypted where the server can; the default on the same machine.</summary>
    Prefer,

    /// <summary><c>require</c>: encrypted, but the server may be anybody.</summary>
    Require,

    /// <summary><c>verify-ca</c>: encrypted, the server's certificate is signed by a trusted one.</summary>
    VerifyCa,

    /// <summary>
    /// <c>verify-full</c>: also, the certificate names the host; the default for another machine.
    /// </summary>
    VerifyFull,
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
    /// <param name="Sentence">
    /// Why and what to write instead, for people; never repeats what may be a password.
    /// </param>
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

    /// <summary>No user, host or database is named.</summary>
    MissingPart,

    /// <summary>It holds a password, or an unescaped <c>@</c> that makes it look so.</summary>
    Password,

    /// <summary>A parameter is unknown or given twice.</summary>
    WrongParameter,

    /// <summary>A part or a parameter has a value that it cannot have.</summary>
    WrongValue,
}

/// <summary>Whether a store may be made by opening it.</summary>
public enum StoreMode
{
    /// <summary>Make the store, and the folders above it, where it is missing.</summary>
    Create,

    /// <summary>The store must be there.</summary>
    Existing,
}
