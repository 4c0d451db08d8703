using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: shapes, joining, indexing.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_reshape(Tensor x, ReadOnlySpan<long> sizes, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_view(Tensor x, ReadOnlySpan<long> sizes, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_expand(Tensor x, ReadOnlySpan<long> sizes, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_repeat(Tensor x, ReadOnlySpan<long> sizes, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_permute(Tensor x, ReadOnlySpan<long> dims, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_flip(Tensor x, ReadOnlySpan<long> dims, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_flatten(Tensor x, long start, long end, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_transpose(Tensor x, long dim0, long dim1, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_unsqueeze(Tensor x, long dim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_squeeze(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_squeeze_dim(Tensor x, long dim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_repeat_interleave(Tensor x, long repeats, long dim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_cat(ReadOnlySpan<nint> tensors, int count, long dim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_stack(ReadOnlySpan<nint> tensors, int count, long dim, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_slice(
        Tensor x, long dim, long start, long finish, long step, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_narrow(Tensor x, long dim, long start, long length, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_select(Tensor x, long dim, long index, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_index_select(Tensor x, long dim, Tensor index, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_gather(Tensor x, long dim, Tensor index, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_scatter(Tensor x, long dim, Tensor index, Tensor source, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_scatter_(Tensor x, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int sw_index_copy(
        Tensor x, long dim, Tensor index, Tensor source, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_index_copy_(Tensor x, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int sw_index_add_(Tensor x, long dim, Tensor index, Tensor source, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int sw_masked_select(Tensor x, Tensor mask, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_masked_fill(Tensor x, Tensor mask, Scalar value, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_masked_fill_(Tensor x, Tensor mask, Scalar value);

    [LibraryImport(Library)]
    internal static partial int sw_nonzero(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_split(
        Tensor x, long size, long dim, Span<nint> pieces, int room, out int count);

    [LibraryImport(Library)]
    internal static partial int sw_index(
        Tensor x, ReadOnlySpan<IndexValue> values, int count, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_index_put_(
        Tensor x, ReadOnlySpan<IndexValue> values, int count, Tensor source);
}
