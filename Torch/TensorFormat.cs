using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Tensors in files: element type, number of dimensions, sizes, then the bytes as they lie in memory.
/// </summary>
/// <remarks>
/// A format of our own, not TorchSharp's: little-endian, 1 + 4 + 8·dimensions bytes before the data.
/// </remarks>
public static partial class TensorExtensionMethods
{
    /// <summary>The tensor as a parameter; the tensor is empty from then on.</summary>
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);

    /// <summary>Writes the tensor.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        var sizes = plain.shape;
        writer.Write((byte)plain.dtype);
        writer.Write(sizes.Length);
        foreach (var size in sizes)
        {
            writer.Write(size);
        }

        writer.Write(plain.bytes);
    }

    /// <summary>Reads a tensor that <see cref="Save"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">The stream ends inside the tensor.</exception>
    public static Tensor Load(BinaryReader reader)
    {
        var type = (ScalarType)reader.ReadByte();
        var sizes = new long[reader.ReadInt32()];
        for (var d = 0; d < sizes.Length; d++)
        {
            sizes[d] = reader.ReadInt64();
        }

        var tensor = empty(sizes, type);
        reader.ReadExactly(tensor.bytes);
        return tensor;
    }
}
