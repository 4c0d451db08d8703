using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>The numbers of a tensor where they lie, for what is written or read without a copy.</summary>
public static class TensorMemory
{
    /// <summary>
    /// The elements of a contiguous float32 tensor on the CPU; valid only while the tensor lives.
    /// </summary>
    public static Span<float> Floats(this Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>
    /// The elements of a contiguous int64 tensor on the CPU; valid only while the tensor lives.
    /// </summary>
    public static Span<long> Longs(this Tensor tensor) => MemoryMarshal.Cast<byte, long>(tensor.bytes);
}
