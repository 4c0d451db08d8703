using System.Security.Cryptography;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>A file that a setting names.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Setting">The setting as people know it: a part of the address, or a variable.</param>
internal sealed record NamedFile(string Path, string Setting)
{
    private const int LongestFile = 1 << 20;   // bytes; a file of all authorities of a system has some 250 kB

    /// <summary>The file that the first setting names which names one.</summary>
    /// <param name="given">What the address says; nothing where it does not.</param>
    /// <param name="parameter">Name of the parameter.</param>
    /// <param name="variable">Variable of libpq's that stands in for it.</param>
    /// <param name="usual">Name in <c>~/.postgresql</c> of the file that is taken without either.</param>
    public static NamedFile? Find(string? given, string parameter, string variable, string usual)
    {
        if (given is not null)
        {
            return new NamedFile(System.IO.Path.GetFullPath(given), $"{parameter} in the store's address");
        }

        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return new NamedFile(System.IO.Path.GetFullPath(named), variable);
        }

        var path = InHome(".postgresql", usual);
        return File.Exists(path) ? new NamedFile(path, "libpq") : null;
    }

    /// <summary>A path below the home of the user.</summary>
    public static string InHome(params string[] parts) => System.IO.Path.Combine(
        [Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), .. parts]);

    /// <summary>Its text.</summary>
    /// <exception cref="StoreUnusableException">It cannot be read, or is far too long.</exception>
    public string Read()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                throw Wrong("is a folder", "name a file");
            }

            using var file = File.OpenRead(Path);
            if (file.Length > LongestFile)
            {
                throw Wrong("is larger than 1 MiB", "see whether it is the right one");
            }

            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong("is missing", "see its path");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"cannot be read ({failure.Message.TrimEnd('.')})", "see its path and permissions");
        }
    }

    /// <summary>Reads it as what it should be.</summary>
    /// <param name="read">Reads it; may throw <see cref="CryptographicException"/>.</param>
    /// <param name="what">What it should be.</param>
    /// <exception cref="StoreUnusableException">It is not that.</exception>
    public T ReadAs<T>(Func<string, T> read, string what)
    {
        try
        {
            return read(Read());
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw Wrong($"is no {what}", $"name a {what} as text (PEM)");
        }
    }

    /// <summary>The sentence that says what is wrong with it and what to do.</summary>
    public StoreUnusableException Wrong(string how, string repair) =>
        new($"the file {Path} that {Setting} names {how}: {repair}");

    /// <summary>Whether anybody but its owner has one of these rights; never on Windows.</summary>
    public bool IsOpenTo(UnixFileMode others) =>
        !OperatingSystem.IsWindows()
        && File.Exists(Path)
        && (File.GetUnixFileMode(Path) & others) is not UnixFileMode.None;
}
