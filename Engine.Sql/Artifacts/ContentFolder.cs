using System.Security.Cryptography;
using Shared.Engine;

namespace Engine.Sql.Artifacts;

/// <summary>
/// Contents by their SHA-256 in files <c>ab/abcdef…</c> of a folder. A file has its name once it is whole and
/// flushed to disk; before that it is a <c>*.part</c> that nobody reads.
/// </summary>
/// <remarks>A file's time of change is when it was last stored, by the store's clock.</remarks>
internal sealed class ContentFolder(string root)
{
    private const string Part = ".part";
    private const int NoSpace = 28;   // ENOSPC
    private const int NoQuota = 122;   // EDQUOT

    /// <summary>The folder, absolute; it need not be there before something is written.</summary>
    public string Root => root;

    /// <summary>Stores a content; when this returns, its file is durable.</summary>
    /// <param name="sha256">Of the bytes, lower-case hex.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="now">The store's time.</param>
    /// <exception cref="StoreUnreachableException">The disk is full.</exception>
    /// <exception cref="StoreUnusableException">The folder cannot be written.</exception>
    public void Write(string sha256, byte[] bytes, DateTimeOffset now)
    {
        try
        {
            var path = PathOf(sha256);
            if (IsWhole(path, sha256, bytes.Length))
            {
                File.SetLastWriteTimeUtc(path, now.UtcDateTime);   // spared for as long as a new one
                return;
            }

            MakeFolder(Path.GetDirectoryName(path)!);
            WriteNew(path, bytes, now);
        }
        catch (IOException full) when (full.HResult is NoSpace or NoQuota)
        {
            throw new StoreUnreachableException(
                $"the disk under {root} is full: make room and try again", full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException(
                $"the artifacts' folder {root} cannot be written ({failure.Message}): "
                + "give this user the right to write it");
        }
    }

    /// <summary>Whether a content is there with this length.</summary>
    public bool Holds(string sha256, long length) =>
        new FileInfo(PathOf(sha256)) is { Exists: true } file && file.Length == length;

    /// <summary>When a content was last stored, or nothing when it is not there.</summary>
    public DateTimeOffset? WrittenAt(string sha256) =>
        new FileInfo(PathOf(sha256)) is { Exists: true } file
            ? new DateTimeOffset(file.LastWriteTimeUtc)
            : null;

    /// <summary>Reads a content and compares it with its hash.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="what">What it belongs to, for the message.</param>
    /// <exception cref="StoreUnusableException">It is missing or damaged.</exception>
    public byte[] Read(string sha256, string what)
    {
        var path = PathOf(sha256);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreUnusableException(
                $"{what} is lost, its file {path} is missing: put back a copy of it");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException($"{what} cannot be read ({failure.Message}): see {path}");
        }

        return HashOf(bytes) == sha256
            ? bytes
            : throw new StoreUnusableException(
                $"{what} is damaged, its file {path} has another hash: put back a copy of it");
    }

    /// <summary>The contents that were last stored at or before a time.</summary>
    public IEnumerable<StoredFile> Contents(DateTimeOffset before) =>
        Files(before, "*").Where(file => !file.Path.EndsWith(Part, StringComparison.Ordinal));

    /// <summary>What is left of writing that began at or before a time and never came to its end.</summary>
    public IEnumerable<StoredFile> Parts(DateTimeOffset before) => Files(before, "*" + Part);

    /// <summary>The hash of a content as files and rows are named by it.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string PathOf(string sha256) => Path.Combine(root, sha256[..2], sha256);

    private IEnumerable<StoredFile> Files(DateTimeOffset before, string pattern)
    {
        var folder = new DirectoryInfo(root);
        return !folder.Exists
            ? []
            : folder.EnumerateFiles(pattern, SearchOption.AllDirectories)
                .Where(file => file.LastWriteTimeUtc <= before.UtcDateTime)
                .Select(file => new StoredFile(file.FullName, file.Name, file.Length));
    }

    // A file that was damaged since is written again.
    private static bool IsWhole(string path, string sha256, long length) =>
        new FileInfo(path) is { Exists: true } file
        && file.Length == length
        && HashOf(File.ReadAllBytes(path)) == sha256;

    private static void WriteNew(string path, byte[] bytes, DateTimeOffset now)
    {
        var part = $"{path}.{Guid.NewGuid():N}{Part}";
        try
        {
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(part, now.UtcDateTime);
            File.Move(part, path, overwrite: true);
            FolderFlush.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(part);   // nothing where it was renamed
        }
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var above = Path.GetDirectoryName(folder)!;
        MakeFolder(above);
        Directory.CreateDirectory(folder);
        FolderFlush.Flush(above);
    }
}

/// <summary>A file of a folder of contents.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Sha256">Its name: of a content, the hash.</param>
/// <param name="Length">In bytes.</param>
internal sealed record StoredFile(string Path, string Sha256, long Length);
