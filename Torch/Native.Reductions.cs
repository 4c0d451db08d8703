using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: reductions and products of matrices.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_sum(Tensor x, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sum_dims(
        Tensor x, ReadOnlySpan<long> dims, int count, int keepdim, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_mean(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_mean_dims(
        Tensor x, ReadOnlySpan<long> dims, int count, int keepdim, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_std(Tensor x, int unbiased, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_std_dims(
        Tensor x, ReadOnlySpan<long> dims, int count, int unbiased, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_var(Tensor x, int unbiased, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_var_dims(
        Tensor x, ReadOnlySpan<long> dims, int count, int unbiased, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_prod(Tensor x, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_max(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_min(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_median(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_amax(
        Tensor x, ReadOnlySpan<long> dims, int count, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_amin(
        Tensor x, ReadOnlySpan<long> dims, int count, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_argmax(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_argmin(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_argmax_dim(Tensor x, long dim, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_argmin_dim(Tensor x, long dim, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_argsort(Tensor x, long dim, int descending, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_all(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_any(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_all_dim(Tensor x, long dim, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_any_dim(Tensor x, long dim, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_norm(Tensor x, double p, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_norm_dim(Tensor x, double p, long dim, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_logsumexp(Tensor x, long dim, int keepdim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_softmax(Tensor x, long dim, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_log_softmax(Tensor x, long dim, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_cumsum(Tensor x, long dim, int dtype, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_max_dim(
        Tensor x, long dim, int keepdim, out nint values, out nint indices);

    [LibraryImport(Library)]
    internal static partial int sw_min_dim(
        Tensor x, long dim, int keepdim, out nint values, out nint indices);

    [LibraryImport(Library)]
    internal static partial int sw_sort(
        Tensor x, long dim, int descending, int stable, out nint values, out nint indices);

    [LibraryImport(Library)]
    internal static partial int sw_topk(
        Tensor x, long k, long dim, int largest, int sorted, out nint values, out nint indices);

    [LibraryImport(Library)]
    internal static partial int sw_matmul(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_mm(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_bmm(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_addmm(
        Tensor x, Tensor a, Tensor b, double beta, double alpha, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_outer(Tensor x, Tensor y, out nint result);
}
