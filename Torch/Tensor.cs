using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An array of numbers that libtorch holds. Dispose it, or make it inside a <see cref="DisposeScope"/>.
    /// </summary>
    /// <remarks>A tensor owns its native handle alone; views share storage, never handles.</remarks>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            DisposeScope.Current?.Add(this);
        }

        /// <summary>
        /// Takes over another tensor's handle and its place in its scope; that tensor is empty from then on.
        /// </summary>
        private protected Tensor(Tensor source)
        {
            _handle = source.Handle;
            source._handle = 0;
            GC.SuppressFinalize(source);
            source.OwningScope?.Replace(source, this);
        }

        /// <summary>Gives an undisposed tensor back.</summary>
        ~Tensor() => Release();

        /// <summary>Whether it was disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The element type.</summary>
        public ScalarType dtype
        {
            get
            {
                Native.Check(Native.sw_dtype(this, out var result));
                return (ScalarType)result;
            }
        }

        /// <summary>Where it lives.</summary>
        public Device device
        {
            get
            {
                Native.Check(Native.sw_device(this, out var type, out var index));
                return type == (int)DeviceType.CPU ? CPU : new Device((DeviceType)type, index);
            }
        }

        /// <summary>The kind of place where it lives.</summary>
        public DeviceType device_type => device.type;

        /// <summary>The size of each dimension.</summary>
        public long[] shape => size();

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => dim();

        /// <summary>The number of dimensions.</summary>
        public long ndim => dim();

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => numel();

        /// <summary>Bytes an element.</summary>
        public long ElementSize => element_size();

        internal DisposeScope? OwningScope { get; set; }

        /// <summary>Where the owning scope keeps it; of no meaning without one.</summary>
        internal int ScopeSlot { get; set; }

        internal nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => _handle != 0 ? _handle : throw new ObjectDisposedException(GetType().Name);
        }

        /// <summary>The number of dimensions.</summary>
        public long dim()
        {
            Native.Check(Native.sw_dim(this, out var result));
            return result;
        }

        /// <summary>The number of elements.</summary>
        public long numel()
        {
            Native.Check(Native.sw_numel(this, out var result));
            return result;
        }

        /// <summary>Bytes an element.</summary>
        public long element_size()
        {
            Native.Check(Native.sw_element_size(this, out var result));
            return result;
        }

        /// <summary>The size of each dimension.</summary>
        public long[] size()
        {
            var sizes = new long[dim()];
            Native.Check(Native.sw_sizes(this, sizes));
            return sizes;
        }

        /// <summary>The size of one dimension; counted from the end where below 0.</summary>
        public long size(int dim)
        {
            var sizes = size();
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        /// <summary>The step in elements along each dimension.</summary>
        public long[] stride()
        {
            var strides = new long[dim()];
            Native.Check(Native.sw_strides(this, strides));
            return strides;
        }

        /// <summary>Whether elements lie one after another in the order of their indices.</summary>
        public bool is_contiguous()
        {
            Native.Check(Native.sw_is_contiguous(this, out var result));
            return result != 0;
        }

        /// <summary>Whether elements are floating-point numbers.</summary>
        public bool is_floating_point() =>
            dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;

        /// <summary>Hands it to the scope outside its own.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes it out of its scope: whoever holds it disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        /// <summary>Type, element type, shape and device in one line.</summary>
        public override string ToString() =>
            IsInvalid ? "[disposed]" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native tensor back.</summary>
        protected virtual void Dispose(bool disposing)
        {
            OwningScope?.Remove(this);
            Release();
        }

        internal static Tensor Made(int status, nint handle)
        {
            Native.Check(status);
            return new Tensor(handle);
        }

        internal static Tensor? MadeOrNull(int status, nint handle)
        {
            Native.Check(status);
            return handle == 0 ? null : new Tensor(handle);
        }

        internal static (Tensor First, Tensor Second) MadePair(int status, nint first, nint second)
        {
            Native.Check(status);
            return (new Tensor(first), new Tensor(second));
        }

        /// <summary>Handles of several tensors; the caller keeps the tensors alive over its call.</summary>
        internal static nint[] HandlesOf(IEnumerable<Tensor?>? tensors) =>
            tensors is null ? [] : [.. tensors.Select(tensor => tensor is null ? 0 : tensor.Handle)];

        /// <summary>Becomes what another tensor was; that tensor is empty from then on.</summary>
        internal void Become(Tensor source)
        {
            Release();
            _handle = source.Handle;
            source._handle = 0;
            source.Dispose();
        }

        private Tensor Changed(int status)
        {
            Native.Check(status);
            return this;
        }

        private void Release()
        {
            if (_handle != 0)
            {
                Native.sw_tensor_free(_handle);
                _handle = 0;
            }
        }
    }
}
