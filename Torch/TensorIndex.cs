namespace TorchSharp;

public static partial class torch
{
    /// <summary>One of the indices in <c>x[…]</c>.</summary>
    public readonly struct TensorIndex
    {
        /// <summary>All dimensions that other indices leave over.</summary>
        public static readonly TensorIndex Ellipsis = new(2);

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new(0);

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        /// <summary>An end of a slice that was left out.</summary>
        private const long LeftOut = long.MinValue;

        private readonly long _kind;
        private readonly long _start;
        private readonly long _stop;
        private readonly long _step;
        private readonly Tensor? _tensor;

        private TensorIndex(long kind, long start = 0, long stop = 0, long step = 0, Tensor? tensor = null)
        {
            _kind = kind;
            _start = start;
            _stop = stop;
            _step = step;
            _tensor = tensor;
        }

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>From one position up to another.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) =>
            Slice(range.start, range.end);

        /// <summary>From one position up to another, each counted from either end.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position, counted from either end.</summary>
        public static implicit operator TensorIndex(Index index) =>
            Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Every step-th position from start up to stop.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(5, start ?? LeftOut, stop ?? LeftOut, step ?? LeftOut);

        /// <summary>From one position up to another, each counted from either end.</summary>
        public static TensorIndex Slice(Range range)
        {
            var start = range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value;
            var end = range.End;
            return range.End is { IsFromEnd: true, Value: 0 }
                ? Slice(start)
                : Slice(start, end.IsFromEnd ? -end.Value : end.Value);
        }

        /// <summary>All or nothing.</summary>
        public static TensorIndex Bool(bool value) => new(3, value ? 1 : 0);

        /// <summary>One position, counted from the end where below 0.</summary>
        public static TensorIndex Single(long value) => new(1, value);

        /// <summary>Positions (integers) or a mask (truth values).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new(4, tensor: tensor);

        internal IndexValue ToValue() => new(_kind, _start, _stop, _step, _tensor?.Handle ?? 0);
    }

    public partial class Tensor
    {
        /// <summary>A part of the tensor: a view where the indices allow it.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Elements at tensors of positions, or under a mask; a copy.</summary>
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One slice of the first dimension.</summary>
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, [i1]);
        }

        /// <summary>One slice of the first two dimensions.</summary>
        public Tensor this[long i1, long i2]
        {
            get => index([i1, i2]);
            set => index_put_(value, [i1, i2]);
        }

        /// <summary>One slice of the first three dimensions.</summary>
        public Tensor this[long i1, long i2, long i3]
        {
            get => index([i1, i2, i3]);
            set => index_put_(value, [i1, i2, i3]);
        }

        /// <summary>One slice of the first four dimensions.</summary>
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index([i1, i2, i3, i4]);
            set => index_put_(value, [i1, i2, i3, i4]);
        }

        /// <summary>A part of the tensor: a view where the indices allow it.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var part = Made(Native.sw_index(this, Values(indices), indices.Length, out var result), result);
            GC.KeepAlive(indices);
            return part;
        }

        /// <summary>Elements at tensors of positions, or under a mask; a copy.</summary>
        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Sets a part of the tensor.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Changed(Native.sw_index_put_(this, Values(indices), indices.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        /// <summary>Sets the elements at tensors of positions, or under a mask.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        private static IndexValue[] Values(TensorIndex[] indices) =>
            Array.ConvertAll(indices, index => index.ToValue());
    }
}
