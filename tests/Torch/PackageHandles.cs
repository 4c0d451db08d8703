using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>
/// Counts the tensors of the TorchSharp package that are not given back; in place of NativeHandles.cs.
/// </summary>
internal static class NativeHandles
{
    /// <summary>Those there are, with what was left to the collector.</summary>
    internal static long Live => Tensor.TotalCount;

    /// <summary>Those there are once those that were left to the collector are gone.</summary>
    internal static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Live;
    }
}

/// <summary>A test of what counts of native handles can show; not with the package.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HandleFactAttribute : FactAttribute
{
    /// <summary>Skips the test.</summary>
    public HandleFactAttribute() =>
        Skip = "TorchSharp counts a parameter twice, as itself and as the tensor that it took over, and takes off one";
}
