using System.Buffers.Binary;
using Shared.Execution;

namespace Tests.Shared.Execution;

public sealed class FrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    [InlineData(Frame.MaximumLength)]
    public void A_payload_comes_out_of_its_frame_as_it_went_in(int length)
    {
        var payload = Payload(length);

        var frame = Frame.Encode(payload);

        frame.Length.ShouldBe(Frame.HeaderLength + length);
        var header = frame.AsSpan(0, Frame.HeaderLength);
        Frame.PayloadLength(header).ShouldBe(length);
        Frame.Check(header, frame.AsSpan(Frame.HeaderLength));
        frame.AsSpan(Frame.HeaderLength).SequenceEqual(payload).ShouldBeTrue();
    }

    [Fact]
    public void The_bytes_of_a_header_are_length_version_and_checksum_little_endian()
    {
        // CRC-32C of "123456789" is 0xe3069283: the check value of the catalogue of parametrised CRC
        // algorithms.
        var frame = Frame.Encode("123456789"u8);

        Convert.ToHexStringLower(frame.AsSpan(0, Frame.HeaderLength))
            .ShouldBe("09000000" + "01" + "839206e3");
    }

    [Fact]
    public void A_payload_that_is_too_long_is_not_framed() =>
        Should.Throw<ArgumentException>(() => Frame.Encode(new byte[Frame.MaximumLength + 1]));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void A_frame_of_another_version_is_damaged(byte version)
    {
        var frame = Frame.Encode(Payload(5));
        frame[4] = version;

        Should.Throw<FrameDamagedException>(() => Frame.PayloadLength(frame.AsSpan(0, Frame.HeaderLength)))
            .Message.ShouldContain($"version {version}");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(Frame.MaximumLength + 1)]
    [InlineData(int.MaxValue)]
    public void A_frame_of_an_impossible_length_is_damaged(int length)
    {
        var frame = Frame.Encode(Payload(5));
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);

        Should.Throw<FrameDamagedException>(() => Frame.PayloadLength(frame.AsSpan(0, Frame.HeaderLength)));
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_payload_or_its_checksum_is_damage()
    {
        var intact = Frame.Encode(Payload(21));
        for (var bit = 5 * 8; bit < intact.Length * 8; bit++)
        {
            var frame = intact.ToArray();
            frame[bit / 8] ^= (byte)(1 << (bit % 8));

            Should.Throw<FrameDamagedException>(
                () => Frame.Check(frame.AsSpan(0, Frame.HeaderLength), frame.AsSpan(Frame.HeaderLength)),
                $"bit {bit}");
        }
    }

    private static byte[] Payload(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 + 7))];
}
