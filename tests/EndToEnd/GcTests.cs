using System.Text.Json;

namespace Tests.EndToEnd;

[Collection(SweepFixture.Collection)]
public sealed class GcTests : IDisposable
{
    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Gc_says_what_it_would_free_then_frees_it_and_spares_what_is_young()
    {
        await _program.MakeStoreAsync();
        var folder = Path.Combine(_program.Folder, "sweeps.db.artifacts", "ab");
        Directory.CreateDirectory(folder);
        var (old, young) = (Path.Combine(folder, "ab01"), Path.Combine(folder, "ab02"));
        await File.WriteAllBytesAsync(old, new byte[1_500]);
        await File.WriteAllBytesAsync(young, new byte[10]);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(-61));

        (await _program.RunAsync("gc", "--dry-run")).Output
            .ShouldBe("would free 1.5 kB: 1 content that no artifact has\n");
        File.Exists(old).ShouldBeTrue();
        var freed = await _program.RunAsync("gc", "-o", "json");
        freed.Code.ShouldBe(0, freed.Error);
        JsonSerializer.Deserialize<JsonElement>(freed.Output).GetRawText().ShouldBe(
            """
            {
              "isDryRun": false,
              "checkpoints": 0,
              "contents": 1,
              "parts": 0,
              "bytes": 1500
            }
            """);

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
        (await _program.RunAsync("gc")).Output.ShouldStartWith("nothing to free");
    }

    [Fact]
    public async Task Gc_of_a_store_that_is_not_there_exits_with_2_and_makes_none()
    {
        var ran = await _program.RunAsync("gc");
        ran.Code.ShouldBe(2, ran.Output);
        ran.Error.ShouldStartWith("there is no store at ");
        Directory.GetFileSystemEntries(_program.Folder).ShouldBeEmpty();
    }
}
