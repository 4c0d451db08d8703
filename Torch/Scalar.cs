using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>A number that stands beside tensors in an operation.</summary>
/// <remarks>
/// Unlike TorchSharp's it holds nothing native: disposing it does nothing, and it may be kept.
/// </remarks>
[NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    internal static readonly Scalar One = new(new ScalarValue(1, ScalarValue.Integer));

    internal Scalar(ScalarValue value) => Value = value;

    private Scalar(long value) => Value = new ScalarValue(value, ScalarValue.Integer);

    private Scalar(double value) =>
        Value = new ScalarValue(BitConverter.DoubleToInt64Bits(value), ScalarValue.Double);

    /// <summary>The kind of number: Int64, Float64 or Bool.</summary>
    public torch.ScalarType Type => Value.Kind switch
    {
        ScalarValue.Integer => torch.ScalarType.Int64,
        ScalarValue.Bool => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    internal ScalarValue Value { get; }

    /// <summary>An integer scalar.</summary>
    public static implicit operator Scalar(byte value) => new((long)value);

    /// <summary>An integer scalar.</summary>
    public static implicit operator Scalar(short value) => new((long)value);

    /// <summary>An integer scalar.</summary>
    public static implicit operator Scalar(int value) => new((long)value);

    /// <summary>An integer scalar.</summary>
    public static implicit operator Scalar(long value) => new(value);

    /// <summary>A floating-point scalar.</summary>
    public static implicit operator Scalar(float value) => new((double)value);

    /// <summary>A floating-point scalar.</summary>
    public static implicit operator Scalar(double value) => new(value);

    /// <summary>A Boolean scalar.</summary>
    public static implicit operator Scalar(bool value) =>
        new(new ScalarValue(value ? 1 : 0, ScalarValue.Bool));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing native is held; the method is there because TorchSharp's scalars are disposable.
    }
}

/// <summary>Scalars as plain numbers, and back.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>The truth value as a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The scalar as a float.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Value.ToDouble();

    /// <summary>The scalar as a double.</summary>
    public static double ToDouble(this Scalar value) => value.Value.ToDouble();

    /// <summary>The scalar as an int.</summary>
    public static int ToInt32(this Scalar value) => checked((int)value.Value.ToInt64());

    /// <summary>The scalar as a long.</summary>
    public static long ToInt64(this Scalar value) => value.Value.ToInt64();

    /// <summary>The scalar as a byte.</summary>
    public static byte ToByte(this Scalar value) => checked((byte)value.Value.ToInt64());

    /// <summary>The scalar as a truth value.</summary>
    public static bool ToBoolean(this Scalar value) => value.Value.ToDouble() != 0;
}
