using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Training.Checkpoints;

/// <summary>A checkpoint file that was found whole; <see cref="CheckpointWriting"/> says its format.</summary>
public sealed class CheckpointReading : IDisposable
{
    private const string Damaged = "the checkpoint is damaged: its bytes do not give its checksum";
    private const int SectionLimit = 1_000;
    private const int BufferSize = 1 << 20;   // bytes

    private readonly Stream _file;
    private readonly BinaryReader _reader;
    private readonly ImmutableArray<(string Name, long Place, long Length)> _table;

    private CheckpointReading(
        Stream file,
        BinaryReader reader,
        CheckpointHead head,
        ImmutableArray<(string Name, long Place, long Length)> table) =>
        (_file, _reader, Head, _table) = (file, reader, head, table);

    /// <summary>Whose it is.</summary>
    public CheckpointHead Head { get; }

    /// <summary>Names of its sections, in order.</summary>
    public IEnumerable<string> Sections => _table.Select(section => section.Name);

    /// <summary>Reads a file's head and table once its checksum holds.</summary>
    /// <param name="file">The file, which can seek; closed with the result, and when it is refused.</param>
    /// <param name="sha256">Of all its bytes, lower-case hex; nothing where any checkpoint will do.</param>
    /// <exception cref="InvalidDataException">
    /// The file is no checkpoint, is damaged, is of another format, or is another one.
    /// </exception>
    public static CheckpointReading Open(Stream file, string? sha256 = null)
    {
        try
        {
            Verify(file, sha256);
            var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
            file.Position = CheckpointWriting.Magic.Length;
            var version = reader.ReadInt32();
            if (version != CheckpointWriting.Version)
            {
                throw new InvalidDataException(
                    $"the checkpoint has format {version}, and this program reads {CheckpointWriting.Version}");
            }

            var head = new CheckpointHead(reader.ReadString(), reader.ReadString(), reader.ReadInt32());
            return new CheckpointReading(file, reader, head, ReadTable(file, reader));
        }
        catch (EndOfStreamException cut)
        {
            file.Dispose();
            throw new InvalidDataException(Damaged, cut);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a section from its first byte to its last.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="InvalidDataException">There is none, or it is longer or shorter.</exception>
    public void Read(string name, Action<BinaryReader> read)
    {
        var section = _table.FirstOrDefault(section => section.Name == name);
        if (section.Name is null)
        {
            throw new InvalidDataException($"the checkpoint has no section '{name}'");
        }

        _file.Position = section.Place;
        try
        {
            read(_reader);
        }
        catch (EndOfStreamException beyond)
        {
            throw Misread(name, beyond);
        }

        if (_file.Position != section.Place + section.Length)
        {
            throw Misread(name, cause: null);
        }
    }

    /// <summary>The bytes of a section.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public byte[] BytesOf(string name)
    {
        var bytes = Array.Empty<byte>();
        Read(name, reader => bytes = reader.ReadBytes(
            checked((int)_table.First(section => section.Name == name).Length)));
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    private static InvalidDataException Misread(string name, Exception? cause) =>
        new($"the checkpoint's section '{name}' is of something else", cause);

    /// <summary>One pass over the file: its own checksum, and the one it was announced with.</summary>
    private static void Verify(Stream file, string? sha256)
    {
        Span<byte> magic = stackalloc byte[CheckpointWriting.Magic.Length];
        file.Position = 0;
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || !magic.SequenceEqual(CheckpointWriting.Magic))
        {
            throw new InvalidDataException("the file is no checkpoint");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(magic);
        var buffer = new byte[BufferSize];
        for (var left = file.Length - magic.Length - SHA256.HashSizeInBytes; left > 0;)
        {
            var count = (int)Math.Min(left, buffer.Length);
            file.ReadExactly(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(own);
        if (!own.SequenceEqual(hash.GetCurrentHash()))
        {
            throw new InvalidDataException(Damaged);
        }

        hash.AppendData(own);
        if (sha256 is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
        {
            throw new InvalidDataException("the checkpoint is not the one that the trial was to go on from");
        }
    }

    private static ImmutableArray<(string Name, long Place, long Length)> ReadTable(
        Stream file, BinaryReader reader)
    {
        file.Position = file.Length - SHA256.HashSizeInBytes - sizeof(long);
        file.Position = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (count is < 0 or > SectionLimit)
        {
            throw new InvalidDataException($"the checkpoint has {count} sections");
        }

        var table = ImmutableArray.CreateBuilder<(string Name, long Place, long Length)>(count);
        for (var i = 0; i < count; i++)
        {
            table.Add((reader.ReadString(), reader.ReadInt64(), reader.ReadInt64()));
        }

        return table.MoveToImmutable();
    }
}
