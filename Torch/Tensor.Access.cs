using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// The bytes of a contiguous tensor on the CPU, in place; valid only while the tensor lives.
        /// </summary>
        /// <exception cref="InvalidOperationException">
        /// It is not contiguous, not on the CPU, or too large.
        /// </exception>
        public Span<byte> bytes
        {
            get
            {
                var length = BytesInPlace();
                Native.Check(Native.sw_data(this, out var data));
                unsafe
                {
                    return new Span<byte>((void*)data, length);
                }
            }

            set
            {
                if (value.Length != numel() * element_size())
                {
                    throw new ArgumentException($"{value.Length} bytes do not fit {this}", nameof(value));
                }

                value.CopyTo(bytes);
            }
        }

        /// <summary>The elements, in the order of their indices.</summary>
        /// <typeparam name="T">The element type's .NET counterpart.</typeparam>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>();
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The value of a tensor with one element.</summary>
        /// <typeparam name="T">The element type's .NET counterpart.</typeparam>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
            {
                throw new InvalidOperationException($"item needs a tensor with one element, this is {this}");
            }

            using var elements = data<T>();
            return elements[0];
        }

        /// <summary>The value of a tensor with one element.</summary>
        public Scalar ToScalar()
        {
            Native.Check(Native.sw_item(this, out var value));
            return new Scalar(value);
        }

        /// <summary>The pointer to the first element.</summary>
        internal nint DataPointer()
        {
            Native.Check(Native.sw_data(this, out var data));
            return data;
        }

        private int BytesInPlace()
        {
            var length = numel() * element_size();
            if (!is_contiguous() || device_type != DeviceType.CPU || length > int.MaxValue)
            {
                throw new InvalidOperationException(
                    $"bytes needs a contiguous tensor on the CPU of at most 2 GiB, this is {this}");
            }

            return (int)length;
        }

        private void RequireType<T>()
        {
            var expected = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.Bool => typeof(bool),
                _ => null,
            };
            if (expected != typeof(T))
            {
                throw new InvalidOperationException($"{typeof(T).Name} is not compatible with {dtype}");
            }
        }
    }
}

/// <summary>Tensors as plain numbers, files and parameters.</summary>
public static partial class TensorExtensionMethods
{
    /// <summary>The value of a tensor with one element, as a float.</summary>
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The value of a tensor with one element, as a double.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The value of a tensor with one element, as an int.</summary>
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The value of a tensor with one element, as a long.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>The value of a tensor with one element, as a byte.</summary>
    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();

    /// <summary>The value of a tensor with one element, as a truth value.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();
}
