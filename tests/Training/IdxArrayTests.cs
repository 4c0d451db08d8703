using System.IO.Compression;
using Training.Data;
using Training.Experiments;

namespace Tests.Training;

public sealed class IdxArrayTests : IDisposable
{
    private static readonly byte[] Sound = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_plain_file_is_read()
    {
        File.WriteAllBytes(_path, Sound);
        var array = IdxArray.Read(_path, "repair it");
        array.Dimensions.ShouldBe([2, 3]);
        array.Values.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void A_compressed_file_is_read_by_its_content_whatever_its_name()
    {
        File.WriteAllBytes(_path, Compress(Sound));
        IdxArray.Read(_path, "repair it").Values.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void A_missing_file_is_named_with_its_repair() =>
        Should.Throw<DataSetException>(() => IdxArray.Read(_path, "fetch it again"))
            .Message.ShouldBe($"{_path} is missing; fetch it again.");

    [Fact]
    public void A_missing_folder_is_a_missing_file() =>
        Should.Throw<DataSetException>(() => IdxArray.Read(Path.Combine(_path, "file"), "fetch it again"))
            .Message.ShouldEndWith("is missing; fetch it again.");

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_refused() =>
        Should.Throw<DataSetException>(() => IdxArray.Read(Path.GetTempPath(), "fetch it again"))
            .Message.ShouldEndWith("; fetch it again.");

    [Fact]
    public void A_damaged_file_is_named_with_its_repair()
    {
        foreach (var damaged in DamagedFiles())
        {
            File.WriteAllBytes(_path, damaged);
            var refusal = Should.Throw<DataSetException>(() => IdxArray.Read(_path, "fetch it again"));
            var message = refusal.Message;
            message.ShouldStartWith($"{_path} is damaged (");
            message.ShouldEndWith("); fetch it again.");
            message.ShouldNotContain('\n');
        }
    }

    private static IEnumerable<byte[]> DamagedFiles()
    {
        yield return [];
        yield return "<html>not found</html>"u8.ToArray();
        yield return [0, 0, 0x0D, 1, 0, 0, 0, 1, 0, 0, 0, 0];
        yield return Sound[..10];
        yield return Sound[..^1];
        yield return [.. Sound, 7];
        yield return [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255];
        var compressed = Compress([.. Sound[..12], .. Enumerable.Repeat((byte)3, 6)]);
        yield return compressed[..^12];
        yield return compressed[..5];
        compressed[12] ^= 0xFF;
        yield return compressed;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
