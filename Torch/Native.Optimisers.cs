using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: optimiser steps.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_adam_step(
        Tensor parameter, Tensor mean, Tensor square, Tensor? largest, AdamValue options);

    [LibraryImport(Library)]
    internal static partial int sw_sgd_step(Tensor parameter, Tensor? momentum, int first, SgdValue options);

    [LibraryImport(Library)]
    internal static partial int sw_clip_grad_norm(
        ReadOnlySpan<nint> parameters, int count, double maxNorm, double normType, out double result);

    [LibraryImport(Library)]
    internal static partial int sw_clip_grad_value(ReadOnlySpan<nint> parameters, int count, double limit);
}
