using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: gradients.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void sw_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial int sw_requires_grad(Tensor x, out int result);

    [LibraryImport(Library)]
    internal static partial int sw_set_requires_grad(Tensor x, int value);

    [LibraryImport(Library)]
    internal static partial int sw_has_grad(Tensor x, out int result);

    [LibraryImport(Library)]
    internal static partial int sw_retain_grad(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_is_leaf(Tensor x, out int result);

    [LibraryImport(Library)]
    internal static partial int sw_detach(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_detach_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_set_data(Tensor x, Tensor data);

    [LibraryImport(Library)]
    internal static partial int sw_set_grad(Tensor x, Tensor? grad);

    [LibraryImport(Library)]
    internal static partial int sw_grad(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_zero_grad(ReadOnlySpan<nint> tensors, int count, int setToNone);

    [LibraryImport(Library)]
    internal static partial int sw_autograd_grad(
        ReadOnlySpan<nint> outputs, int outputCount, ReadOnlySpan<nint> inputs, int inputCount,
        ReadOnlySpan<nint> seeds, int seedCount, int retainGraph, int createGraph, int allowUnused,
        Span<nint> grads);

    [LibraryImport(Library)]
    internal static partial int sw_autograd_backward(
        ReadOnlySpan<nint> tensors, int count, ReadOnlySpan<nint> seeds, int seedCount, int retainGraph,
        int createGraph, ReadOnlySpan<nint> inputs, int inputCount);
}
