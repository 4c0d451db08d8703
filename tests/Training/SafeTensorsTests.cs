using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Training.Models;

namespace Tests.Training;

/// <summary>
/// Bytes are read here by another reader than the product's, written from the format's description.
/// </summary>
public sealed class SafeTensorsTests
{
    private static readonly SafeTensors Two = new(
        ImmutableSortedDictionary<string, string>.Empty.Add("experiment", "toy").Add("ε", "\"0.1\""),
        [
            new NamedTensor("0.weight", [2, 3], [1, -2, 3.5f, float.MaxValue, float.NaN, -0f]),
            new NamedTensor("0.bias", [1], [7]),
        ]);

    [Fact]
    public void Another_reader_finds_names_shapes_numbers_and_metadata()
    {
        var file = Two.ToBytes();
        var (header, numbers) = Parse(file);

        numbers.Length.ShouldBe(7 * 4);
        (file.Length - numbers.Length).ShouldBe(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        ((file.Length - numbers.Length) % 8).ShouldBe(0);
        header["__metadata__"]!["experiment"]!.GetValue<string>().ShouldBe("toy");
        header["__metadata__"]!["ε"]!.GetValue<string>().ShouldBe("\"0.1\"");
        header["0.weight"]!["dtype"]!.GetValue<string>().ShouldBe("F32");
        header["0.weight"]!["shape"]!.ToJsonString().ShouldBe("[2,3]");
        header["0.weight"]!["data_offsets"]!.ToJsonString().ShouldBe("[0,24]");
        header["0.bias"]!["data_offsets"]!.ToJsonString().ShouldBe("[24,28]");
        BinaryPrimitives.ReadSingleLittleEndian(numbers.AsSpan(8)).ShouldBe(3.5f);
        BinaryPrimitives.ReadSingleLittleEndian(numbers.AsSpan(24)).ShouldBe(7);
    }

    [Fact]
    public void A_file_is_read_as_it_was_written_and_equal_contents_are_equal_bytes()
    {
        var read = SafeTensors.Read(Two.ToBytes());
        read.Metadata.ShouldBe(Two.Metadata);
        read.Tensors.Select(tensor => tensor.Name).ShouldBe(["0.weight", "0.bias"]);
        read.Tensors[0].Shape.ShouldBe([2L, 3]);
        read.Tensors[0].Values.ShouldBe(Two.Tensors[0].Values);
        read.ToBytes().ShouldBe(Two.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678")]
    [InlineData("\u0004\0\0\0\0\0\0\0nope")]
    [InlineData("\u0002\0\0\0\0\0\0\0[]")]
    [InlineData("\u0009\0\0\0\0\0\0\0{\"a\":{}} ")]
    public void What_is_no_such_file_is_refused(string text) =>
        Should.Throw<InvalidDataException>(() => SafeTensors.Read(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void A_file_that_is_cut_off_or_of_another_type_is_refused()
    {
        var file = Two.ToBytes();
        Should.Throw<InvalidDataException>(() => SafeTensors.Read(file[..^1])).Message
            .ShouldBe("tensor 0.bias is not float32, or is cut off");
        var other = Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(file).Replace("F32", "I32", StringComparison.Ordinal));
        Should.Throw<InvalidDataException>(() => SafeTensors.Read(other));
    }

    private static (JsonNode Header, byte[] Numbers) Parse(byte[] file)
    {
        var length = (int)(file[0] | (file[1] << 8) | (file[2] << 16));
        file[3..8].ShouldAllBe(zero => zero == 0);
        return (JsonNode.Parse(Encoding.UTF8.GetString(file, 8, length))!, file[(8 + length)..]);
    }
}
