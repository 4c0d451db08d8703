using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in the order of their indices, read and written in place.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly nint _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _data = tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>
    /// The element at these indices, or at a place in the order of all elements where one is given.
    /// </summary>
    public T this[params long[] indices]
    {
        get => At(Offset(indices));
        set => At(Offset(indices)) = value;
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>Copies elements out, from one place on, as many as there are or fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements out, from one place on, as many as there are or fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(Count - tensorIndex, target.Length);
        if (_contiguous)
        {
            Elements(tensorIndex, length).CopyTo(target);
            return;
        }

        for (var i = 0; i < length; i++)
        {
            target[i] = At(Offset(tensorIndex + i));
        }
    }

    /// <summary>Copies elements in, from one place on, as many as there are or fit.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies elements in, from one place on, as many as there are or fit.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var length = (int)Math.Min(Count - tensorIndex, source.Length);
        if (_contiguous)
        {
            source[..length].CopyTo(Elements(tensorIndex, length));
            return;
        }

        for (var i = 0; i < length; i++)
        {
            At(Offset(tensorIndex + i)) = source[i];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose() => GC.KeepAlive(_tensor);

    private unsafe Span<T> Elements(long first, int length) => new((T*)_data + first, length);

    private unsafe ref T At(long offset)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, _tensor);
        return ref ((T*)_data)[offset];
    }

    private long Offset(long[] indices) =>
        indices.Length == 1 && _shape.Length != 1 ? Offset(indices[0]) : OffsetOf(indices);

    private long OffsetOf(long[] indices)
    {
        var offset = 0L;
        for (var d = 0; d < _shape.Length; d++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(indices[d], nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(indices[d], _shape[d], nameof(indices));
            offset += indices[d] * _strides[d];
        }

        return offset;
    }

    private long Offset(long place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Count);
        if (_contiguous)
        {
            return place;
        }

        var offset = 0L;
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            offset += place % _shape[d] * _strides[d];
            place /= _shape[d];
        }

        return offset;
    }
}
