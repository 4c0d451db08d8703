using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>
/// Where the password of a connection comes from: <c>PGPASSWORD_FILE</c>, <c>PGPASSWORD</c>, then the line of
/// <c>PGPASSFILE</c> or <c>~/.pgpass</c>, as libpq does.
/// </summary>
/// <param name="Text">The password; nothing where a file is asked or nothing is known.</param>
/// <param name="File">The file of lines; nothing where none is asked.</param>
/// <param name="Ignored">Why a file that is there is not asked, and the line that repairs it.</param>
internal sealed record PostgresPassword(string? Text, string? File, string? Ignored)
{
    private const string Variable = "PGPASSWORD";
    private const string FileVariable = "PGPASSWORD_FILE";
    private const string LinesVariable = "PGPASSFILE";

    // libpq ignores a file of lines that anybody else may use, and so do we.
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Looks at the environment of a process.</summary>
    /// <param name="variables">Its variables by name.</param>
    /// <exception cref="StoreUnusableException">A file that is named cannot be read.</exception>
    public static PostgresPassword Find(Func<string, string?> variables)
    {
        if (variables(FileVariable) is { Length: > 0 } path)
        {
            var file = new NamedFile(Path.GetFullPath(path), FileVariable);
            return new PostgresPassword(WithoutNull(file, file.Read().TrimEnd('\r', '\n')), null, null);
        }

        return variables(Variable) is { Length: > 0 } password
            ? new PostgresPassword(password, null, null)
            : FindLines(variables(LinesVariable));
    }

    private static string WithoutNull(NamedFile file, string password) =>
        password.Contains('\0', StringComparison.Ordinal)
            ? throw file.Wrong("holds no password", "it is to hold the password alone, as text")
            : password;

    private static PostgresPassword FindLines(string? named)
    {
        var isNamed = !string.IsNullOrEmpty(named);
        var file = isNamed
            ? new NamedFile(Path.GetFullPath(named!), LinesVariable)
            : new NamedFile(NamedFile.InHome(".pgpass"), "libpq");
        if (!isNamed && !System.IO.File.Exists(file.Path))
        {
            return new PostgresPassword(null, null, null);
        }

        if (file.IsOpenTo(Others))
        {
            // Npgsql would ask ~/.pgpass itself; a device without lines keeps it from that.
            return new PostgresPassword(
                null,
                "/dev/null",
                $"{file.Path} is ignored because others than its owner have rights to it: "
                + $"chmod 600 {file.Path}");
        }

        file.Read();
        return new PostgresPassword(null, file.Path, null);
    }
}
