using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Engine.Sql.Artifacts;

/// <summary>
/// Makes the names in a folder durable: fsync(2) of a file keeps its bytes, and of its folder its name.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;   // O_RDONLY
    private const int CloseOnExec = 0x80000;   // O_CLOEXEC

    /// <summary>Flushes a folder to disk.</summary>
    /// <exception cref="IOException">It cannot be opened or flushed.</exception>
    public static void Flush(string folder)
    {
        var descriptor = Open(folder, ReadOnly | CloseOnExec);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"cannot open {folder}: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    // .NET opens no folders.
    [LibraryImport(
        "libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
