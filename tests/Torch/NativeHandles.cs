using TorchSharp;

namespace Tests.Torch;

/// <summary>Counts native handles once those that other tests left to the collector are gone.</summary>
internal static class NativeHandles
{
    internal static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Native.LiveHandles;
    }
}
