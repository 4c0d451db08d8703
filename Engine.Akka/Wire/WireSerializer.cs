using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;
using Shared.Sweeps;

namespace Engine.Akka.Wire;

/// <summary>
/// What travels between nodes, under names of our own that hold a version: no type's name is ever sent, so
/// that programs of different builds understand each other or refuse by name.
/// </summary>
internal sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Most bytes of one message; Akka's own limit is 128,000.</summary>
    public const int Limit = 64_000;

    private const string ParcelName = "parcel.1";
    private const string ReplyName = "reply.1";
    private const int ParcelHead = 16 + 4 + 4;   // id, place, count

    /// <inheritdoc/>
    public override int Identifier => 1101;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Parcel => ParcelName,
        Reply => ReplyName,
        _ => throw new SerializationException($"{o.GetType().Name} does not travel"),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var bytes = obj switch
        {
            Parcel parcel => Write(parcel),
            Reply reply => JsonSerializer.SerializeToUtf8Bytes(reply, SweepEventJson.Options),
            _ => throw new SerializationException($"{obj.GetType().Name} does not travel"),
        };
        return bytes.Length <= Limit
            ? bytes
            : throw new SerializationException(
                $"a {obj.GetType().Name} of {bytes.Length} bytes does not travel, {Limit} do");
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        ParcelName => ReadParcel(bytes),
        ReplyName => JsonSerializer.Deserialize<Reply>(bytes, SweepEventJson.Options)!,
        _ => throw new SerializationException($"the message '{manifest}' is not known to this program"),
    };

    private static byte[] Write(Parcel parcel)
    {
        var bytes = new byte[ParcelHead + parcel.Bytes.Length];
        parcel.Request.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), parcel.Place);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), parcel.Count);
        parcel.Bytes.CopyTo(bytes.AsMemory(ParcelHead));
        return bytes;
    }

    private static Parcel ReadParcel(byte[] bytes)
    {
        if (bytes.Length <= ParcelHead)
        {
            throw new SerializationException("a parcel is empty");
        }

        var place = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(20));
        return count is >= 1 and <= Parcel.MostPieces && place >= 0 && place < count
            ? new Parcel(new Guid(bytes.AsSpan(0, 16)), place, count, bytes.AsMemory(ParcelHead))
            : throw new SerializationException($"a parcel says that it is piece {place} of {count}");
    }
}
