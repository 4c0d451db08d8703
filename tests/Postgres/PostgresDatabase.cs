using System.Text;

namespace Tests.Postgres;

/// <summary>A role and its password.</summary>
/// <param name="Role">Its name, a plain lower-case word.</param>
/// <param name="Password">For TCP.</param>
public sealed record PostgresLogin(string Role, string Password);

/// <summary>Where a database is and who uses it.</summary>
/// <param name="Host">An address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Name">Name of the database.</param>
/// <param name="Login">Who connects.</param>
public sealed record PostgresDatabase(string Host, int Port, string Name, PostgresLogin Login)
{
    /// <summary>As <c>SWEEP_STORE</c> names it; without the password, which goes into PGPASSWORD.</summary>
    public string Url => $"postgres://{Login.Role}@{Host}:{Port}/{Name}";

    /// <summary>The same database for another role.</summary>
    public PostgresDatabase As(PostgresLogin login) => this with { Login = login };

    /// <summary>A pgpass file with this login, readable by this user alone; the caller deletes it.</summary>
    /// <param name="path">Where to write it.</param>
    public string WritePassFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes($"*:{Port}:*:{Login.Role}:{Login.Password}\n"));
        return path;
    }
}
