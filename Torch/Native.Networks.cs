using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: layers, activations, losses.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_linear(Tensor x, Tensor weight, Tensor? bias, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_conv2d(
        Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> stride, int strideCount,
        ReadOnlySpan<long> padding, int paddingCount, ReadOnlySpan<long> dilation, int dilationCount,
        long groups, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_silu(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_silu_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_relu(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_relu_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_leaky_relu(Tensor x, Scalar slope, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_leaky_relu_(Tensor x, Scalar slope);

    [LibraryImport(Library)]
    internal static partial int sw_elu(
        Tensor x, Scalar alpha, Scalar scale, Scalar inputScale, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_elu_(Tensor x, Scalar alpha, Scalar scale, Scalar inputScale);

    [LibraryImport(Library)]
    internal static partial int sw_softplus(Tensor x, double beta, double threshold, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_log_sigmoid(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_cross_entropy(
        Tensor x, Tensor target, Tensor? weight, long reduction, long ignoreIndex, double smoothing,
        out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_mse_loss(Tensor x, Tensor target, long reduction, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_bce_with_logits(
        Tensor x, Tensor target, Tensor? weight, Tensor? pos, long reduction, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_one_hot(Tensor x, long classes, out nint result);
}
