using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A <see cref="Scalar"/> as the shim takes it: kind 0 integer, 1 double, 2 bool, -1 none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue(long bits, long kind)
{
    internal const long Integer = 0;
    internal const long Double = 1;
    internal const long Bool = 2;

    internal static readonly ScalarValue None = new(0, -1);

    internal long Bits { get; } = bits;

    internal long Kind { get; } = kind;

    internal double ToDouble() => Kind == Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long ToInt64() => Kind == Double ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;
}

/// <summary>Element type, device and gradient flag of a tensor to be made; below 0: as it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct OptionsValue(ScalarType? dtype, Device? device, bool requiresGrad)
{
    private readonly int _dtype = dtype is { } type ? (int)type : -1;
    private readonly int _deviceType = device is null ? -1 : (int)device.type;
    private readonly int _deviceIndex = device?.index ?? -1;
    private readonly int _requiresGrad = requiresGrad ? 1 : 0;
}

/// <summary>
/// One index of <c>x[…]</c>: kind 0 new axis, 1 position, 2 ellipsis, 3 bool, 4 tensor, 5 slice.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct IndexValue(long kind, long start, long stop, long step, nint tensor)
{
    private readonly long _kind = kind;
    private readonly long _start = start;
    private readonly long _stop = stop;
    private readonly long _step = step;
    private readonly nint _tensor = tensor;
}

/// <summary>What one step of Adam needs beside its tensors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AdamValue(
    double LearningRate, double Beta1, double Beta2, double Eps, double WeightDecay, long Step,
    long Maximize);

/// <summary>What one step of gradient descent needs beside its tensors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SgdValue(
    double LearningRate, double Momentum, double Dampening, double WeightDecay, long Nesterov, long Maximize);

/// <summary>Hands a tensor's handle to the shim and keeps the tensor alive until the call is over.</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class TensorMarshaller
{
    internal ref struct In
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }
}

/// <summary>Hands a generator's handle to the shim and keeps it alive until the call is over.</summary>
[CustomMarshaller(typeof(Generator), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class GeneratorMarshaller
{
    internal ref struct In
    {
        private Generator? _generator;

        public void FromManaged(Generator? generator) => _generator = generator;

        public readonly nint ToUnmanaged() => _generator is null ? 0 : _generator.Handle;

        public readonly void Free() => GC.KeepAlive(_generator);
    }
}

/// <summary>Passes a scalar by value; null is "none given".</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static ScalarValue ConvertToUnmanaged(Scalar? scalar) => scalar?.Value ?? ScalarValue.None;
}
