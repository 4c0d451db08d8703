using Microsoft.Data.Sqlite;
using Tests.Shared.Reports;

namespace Tests.EndToEnd;

[Collection(SweepFixture.Collection)]
public sealed class MigrateTests : IDisposable
{
    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task An_older_program_s_store_is_refused_until_it_is_migrated_and_then_listed()
    {
        await using (var file = new SqliteConnection(
            $"Data Source={_program.Store["sqlite:".Length..]};Pooling=False"))
        {
            await file.OpenAsync();
            await using var fill = file.CreateCommand();
            fill.CommandText = System.Text.Encoding.UTF8.GetString(
                RepositoryFiles.Read("tests/EngineSql/Golden/store-version-1.sql"));
            await fill.ExecuteNonQueryAsync();
        }

        var refused = await _program.RunAsync("list");
        refused.Code.ShouldBe(2, refused.Output);
        refused.Error.ShouldContain("run ./sweep migrate");
        var migrated = await _program.RunAsync("migrate");
        migrated.Code.ShouldBe(0, migrated.Error);
        migrated.Output.ShouldStartWith("brought the store ");
        (await _program.RunAsync("list")).Output
            .ShouldContain("Is a store of version 1 read by this program?");
    }
}
