using TorchSharp;

namespace Tests.Torch;

/// <summary>Counts the native handles that are not given back.</summary>
internal static class NativeHandles
{
    /// <summary>Those there are, with what was left to the collector.</summary>
    internal static long Live => Native.LiveHandles;

    /// <summary>Those there are once those that were left to the collector are gone.</summary>
    internal static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Live;
    }
}

/// <summary>A test of what counts of native handles can show.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HandleFactAttribute : FactAttribute
{
}
