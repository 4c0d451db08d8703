using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of libtorch that the shim was built against.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(Native.sw_libtorch_version())!;
}
