namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same elements in another shape; a copy only where it must be.</summary>
        public Tensor reshape(params long[] shape) =>
            Made(Native.sw_reshape(this, shape, shape.Length, out var result), result);

        /// <summary>The same storage in another shape.</summary>
        public Tensor view(params long[] shape) =>
            Made(Native.sw_view(this, shape, shape.Length, out var result), result);

        /// <summary>The same storage with dimensions of size 1 repeated.</summary>
        public Tensor expand(params long[] sizes) =>
            Made(Native.sw_expand(this, sizes, sizes.Length, out var result), result);

        /// <summary>A copy, repeated along each dimension.</summary>
        public Tensor repeat(params long[] sizes) =>
            Made(Native.sw_repeat(this, sizes, sizes.Length, out var result), result);

        /// <summary>The same storage with dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) =>
            Made(Native.sw_permute(this, permutation, permutation.Length, out var result), result);

        /// <summary>A copy with the order along dimensions turned round.</summary>
        public Tensor flip(params long[] dims) =>
            Made(Native.sw_flip(this, dims, dims.Length, out var result), result);

        /// <summary>The same storage, expanded to another tensor's shape.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>The same storage in another tensor's shape.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Dimensions from one to another made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Made(Native.sw_flatten(this, start_dim, end_dim, out var result), result);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) =>
            Made(Native.sw_transpose(this, dim0, dim1, out var result), result);

        /// <summary>A matrix, transposed.</summary>
        public Tensor t() => transpose(0, 1);

        /// <summary>A dimension of size 1 put in.</summary>
        public Tensor unsqueeze(long dim) => Made(Native.sw_unsqueeze(this, dim, out var result), result);

        /// <summary>Dimensions of size 1, or one of them, taken out.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } one
            ? Made(Native.sw_squeeze_dim(this, one, out var result), result)
            : Made(Native.sw_squeeze(this, out result), result);

        /// <summary>Each slice repeated where it is.</summary>
        public Tensor repeat_interleave(long repeats, long dim) =>
            Made(Native.sw_repeat_interleave(this, repeats, dim, out var result), result);

        /// <summary>Every step-th slice from start up to finish.</summary>
        public Tensor slice(long dim, long start, long finish, long step) =>
            Made(Native.sw_slice(this, dim, start, finish, step, out var result), result);

        /// <summary>So many slices from start on.</summary>
        public Tensor narrow(long dim, long start, long length) =>
            Made(Native.sw_narrow(this, dim, start, length, out var result), result);

        /// <summary>One slice, without its dimension.</summary>
        public Tensor select(long dim, long index) =>
            Made(Native.sw_select(this, dim, index, out var result), result);

        /// <summary>A copy of the slices at the indices.</summary>
        public Tensor index_select(long dim, Tensor index) =>
            Made(Native.sw_index_select(this, dim, index, out var result), result);

        /// <summary>Elements at the indices along a dimension.</summary>
        public Tensor gather(long dim, Tensor index) =>
            Made(Native.sw_gather(this, dim, index, out var result), result);

        /// <summary>A copy with elements of the source at the indices.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Made(Native.sw_scatter(this, dim, index, src, out var result), result);

        /// <summary>A copy with slices of the source at the indices.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) =>
            Made(Native.sw_index_copy(this, dim, index, source, out var result), result);

        /// <summary>The elements where the mask holds, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) =>
            Made(Native.sw_masked_select(this, mask, out var result), result);

        /// <summary>A copy with a value where the mask holds.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Made(Native.sw_masked_fill(this, mask, value, out var result), result);

        /// <summary>The indices of elements that are not 0, one a row.</summary>
        public Tensor nonzero() => Made(Native.sw_nonzero(this, out var result), result);

        /// <summary>A copy that is part of the graph.</summary>
        public Tensor clone() => Made(Native.sw_clone(this, out var result), result);

        /// <summary>Another handle on the same tensor.</summary>
        public Tensor alias() => Made(Native.sw_alias(this, out var result), result);

        /// <summary>The same elements one after another; a copy only where it must be.</summary>
        public Tensor contiguous() => Made(Native.sw_contiguous(this, out var result), result);

        /// <summary>Cut along a dimension into pieces of a size, the last one shorter.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            var extent = this.size(dim);
            var handles = new nint[Math.Max(1, (extent + size - 1) / size)];
            Native.Check(Native.sw_split(this, size, dim, handles, handles.Length, out var count));
            return [.. handles.Take(count).Select(handle => new Tensor(handle))];
        }

        /// <summary>Cut along a dimension into so many pieces, or fewer.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            var extent = size((int)dim);
            return split(Math.Max(1, (extent + chunks - 1) / chunks), (int)dim);
        }

        /// <summary>With another element type; itself again where nothing changes.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            Moved(type, null, copy, disposeAfter, non_blocking);

        /// <summary>On another device; the same storage where nothing changes.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            Moved(null, device, copy, disposeAfter, non_blocking);

        /// <summary>With another element type on another device.</summary>
        public Tensor to(
            ScalarType type, Device device, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            Moved(type, device, copy, disposeAfter, non_blocking);

        /// <summary>With another element type.</summary>
        public Tensor to_type(
            ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Moved(type, null, copy, disposeAfter, non_blocking);

        /// <summary>With another tensor's element type.</summary>
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        /// <summary>On the processor.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>On an NVIDIA device.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            Moved(null, device ?? CUDA, false, false, non_blocking);

        /// <summary>With element type Float32.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>With element type Float64.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>With element type Int64.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>With element type Int32.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>With element type Byte.</summary>
        public Tensor @byte() => to(ScalarType.Byte);

        /// <summary>With element type Bool.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        private Tensor Moved(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var options = new OptionsValue(type, device, false);
            var moved = Made(
                Native.sw_to(this, options, copy ? 1 : 0, nonBlocking ? 1 : 0, out var result), result);
            if (disposeAfter)
            {
                Dispose();
            }

            return moved;
        }
    }
}
