using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Worker.Hosting;

/// <summary>A slot's standard streams, moved out of reach of native libraries.</summary>
/// <remarks>
/// Descriptors 0 and 1 go to private ones; 0 becomes the null device and 1 the log (2), so that whatever a
/// library prints lands in the log and never between two frames.
/// </remarks>
public static partial class PrivatePipes
{
    private const int DuplicateCloseOnExec = 1030;   // F_DUPFD_CLOEXEC on Linux
    private const int FirstPrivate = 10;

    /// <summary>Moves the standard streams and gives the private ones.</summary>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static FrameStream Take()
    {
        var input = Check(Duplicate(0, DuplicateCloseOnExec, FirstPrivate));
        var output = Check(Duplicate(1, DuplicateCloseOnExec, FirstPrivate));
        using (var nothing = File.OpenHandle("/dev/null"))
        {
            Check(Replace((int)nothing.DangerousGetHandle(), 0));
        }

        Check(Replace(2, 1));
        return new FrameStream(Open(input, FileAccess.Read), Open(output, FileAccess.Write));
    }

    /// <summary>Ends the process at once: no finalisers, nothing to wait for.</summary>
    public static void ExitAtOnce(int code) => Exit(code);

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception();

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Duplicate(int descriptor, int command, int lowest);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Replace(int source, int target);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
