using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Engine.Sql;

/// <summary>
/// A lock on a file that the kernel releases when its holder's process ends, however it ends. Looking whether
/// it is held takes no lock, so that a look never keeps a holder out.
/// </summary>
/// <remarks>
/// An open-file-description lock, fcntl(2) F_OFD_SETLK: it holds between processes and between two opens in
/// one process. <c>FileShare.None</c> is not enough: a look would have to take the lock for a moment, and
/// could keep a worker out.
/// </remarks>
public sealed partial class FileLock : IDisposable
{
    private const int GetLock = 36;   // F_OFD_GETLK
    private const int SetLock = 37;   // F_OFD_SETLK
    private const int SetFlags = 2;   // F_SETFD; without FD_CLOEXEC programs that are started keep the file
    private const short WriteLock = 1;   // F_WRLCK
    private const short Unlocked = 2;   // F_UNLCK
    private const int TryAgain = 11;   // EAGAIN
    private const int Denied = 13;   // EACCES

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>
    /// Takes the lock and writes a text into the file, or gives nothing when another holds it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What a look finds while it is held.</param>
    /// <param name="isInherited">
    /// Programs that this process starts hold it too: it is free when all of them are gone.
    /// </param>
    public static FileLock? TryTake(string path, string content, bool isInherited = false)
    {
        var file = Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        var range = new FileRange { Type = WriteLock };
        if (Control(file, SetLock, ref range) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            file.Dispose();
            return error is TryAgain or Denied
                ? null
                : throw new Win32Exception(error, $"cannot lock {path}");
        }

        if (isInherited && Flag(file, SetFlags, 0) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot hand on the lock of {path}");
        }

        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(content), 0);
        return new FileLock(file);
    }

    /// <summary>What the holder wrote, or nothing when nobody holds the lock.</summary>
    public static string? ContentIfHeld(string path)
    {
        try
        {
            using var file = Open(path, FileMode.Open, FileAccess.Read);
            var range = new FileRange { Type = WriteLock };
            if (Control(file, GetLock, ref range) < 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot look at the lock of {path}");
            }

            return range.Type == Unlocked ? null : Read(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode, FileAccess access) =>
        File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);

    private static string Read(SafeFileHandle file)
    {
        var content = new byte[RandomAccess.GetLength(file)];
        var length = RandomAccess.Read(file, content, 0);
        return Encoding.UTF8.GetString(content.AsSpan(0, length));
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, ref FileRange range);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Flag(SafeFileHandle file, int command, int flags);

    /// <summary>
    /// <c>struct flock</c> of 64-bit Linux; whence, start and length of 0 mean the whole file.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
