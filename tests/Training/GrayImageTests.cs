using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Training.Evaluation;

namespace Tests.Training;

public sealed class GrayImageTests
{
    [Fact]
    public void A_picture_is_the_golden_file_byte_for_byte() =>
        Pattern().ToPng().ShouldBe(File.ReadAllBytes(Path.Combine("Golden", "training-pattern.png")));

    [Fact]
    public void A_picture_reads_back_as_it_was_drawn()
    {
        var chunks = Chunks(Pattern().ToPng());
        chunks.Select(chunk => chunk.Type).ShouldBe(["IHDR", "IDAT", "IEND"]);
        BinaryPrimitives.ReadInt32BigEndian(chunks[0].Content).ShouldBe(16);
        BinaryPrimitives.ReadInt32BigEndian(chunks[0].Content.AsSpan(4)).ShouldBe(8);
        chunks[0].Content[8..].ShouldBe([8, 0, 0, 0, 0]);

        using var unpacked = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Content), CompressionMode.Decompress);
        zlib.CopyTo(unpacked);
        var rows = unpacked.ToArray().Chunk(17).ToList();
        rows.Count.ShouldBe(8);
        rows.ShouldAllBe(row => row[0] == 0);
        rows[3][1..].ShouldBe(Enumerable.Range(0, 16).Select(column => (byte)((column * 16) + 3)));
    }

    [Fact]
    public void A_grid_shows_images_row_by_row_at_twice_their_size()
    {
        var images = new float[32];
        images[0] = 1;
        images[8] = 0;
        images.AsSpan(9).Fill(-1);
        var grid = SampleGrid.Of(images, side: 1);
        (grid.Width, grid.Height).ShouldBe((16, 8));
        (grid[0, 0], grid[1, 1], grid[2, 0]).ShouldBe(((byte)255, (byte)255, (byte)128));
        (grid[0, 2], grid[2, 2]).ShouldBe(((byte)128, (byte)0));
    }

    [Fact]
    public void A_grid_of_too_few_images_stays_black_where_there_is_none() =>
        SampleGrid.Of([1, 1], side: 1)[15, 7].ShouldBe((byte)0);

    private static GrayImage Pattern()
    {
        var image = new GrayImage(16, 8);
        for (var i = 0; i < 128; i++)
        {
            image[i % 16, i / 16] = (byte)((i % 16 * 16) + (i / 16));
        }

        return image;
    }

    private static List<(string Type, byte[] Content)> Chunks(byte[] png)
    {
        png[..8].ShouldBe([137, 80, 78, 71, 13, 10, 26, 10]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }

        return chunks;
    }
}
