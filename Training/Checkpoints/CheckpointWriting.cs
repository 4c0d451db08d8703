using System.Text;

namespace Training.Checkpoints;

/// <summary>Writes a checkpoint file in one pass.</summary>
/// <remarks>
/// All numbers are little-endian, texts UTF-8 behind their length. Head: the eight bytes <c>SWEEPCKP</c>, the
/// format's version (int32), experiment, hash of the parameters, update (int32). Then the sections, one after the
/// other. Then the table: how many (int32) and of each its name, its place and its length (int64). Then the
/// table's place (int64), and SHA-256 over everything before it.
/// </remarks>
public static class CheckpointWriting
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    private const int BufferSize = 1 << 20;   // bytes

    /// <summary>What a checkpoint file begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => "SWEEPCKP"u8;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="to">Where to; neither flushed nor closed.</param>
    /// <param name="head">Whose it is.</param>
    /// <param name="sections">Name of each section and what writes it, in order.</param>
    public static CheckpointDigest Write(
        Stream to, CheckpointHead head, IEnumerable<(string Name, Action<BinaryWriter> Write)> sections)
    {
        using var hashing = new HashingStream(to);
        using var buffer = new BufferedStream(hashing, BufferSize);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(head.Experiment);
        writer.Write(head.Parameters);
        writer.Write(head.Update);

        var table = new List<(string Name, long Place, long Length)>();
        foreach (var (name, write) in sections)
        {
            var place = Place(buffer, hashing);
            write(writer);
            table.Add((name, place, Place(buffer, hashing) - place));
        }

        WriteTable(writer, table, Place(buffer, hashing));
        buffer.Flush();
        hashing.Write(hashing.Hash());
        return new CheckpointDigest(Convert.ToHexStringLower(hashing.Hash()), hashing.Length);
    }

    private static void WriteTable(
        BinaryWriter writer, List<(string Name, long Place, long Length)> table, long place)
    {
        writer.Write(table.Count);
        foreach (var section in table)
        {
            writer.Write(section.Name);
            writer.Write(section.Place);
            writer.Write(section.Length);
        }

        writer.Write(place);
    }

    private static long Place(BufferedStream buffer, HashingStream hashing)
    {
        buffer.Flush();
        return hashing.Length;
    }
}
