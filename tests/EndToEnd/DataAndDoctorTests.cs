using System.Text.Json;

namespace Tests.EndToEnd;

[Collection(SweepFixture.Collection)]
public sealed class DataAndDoctorTests : IDisposable
{
    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Data_lists_every_set_and_where_it_is()
    {
        var ran = await _program.RunAsync("data", "-o", "json");
        ran.Code.ShouldBe(0, ran.Error);
        var sets = JsonSerializer.Deserialize<JsonElement>(ran.Output).EnumerateArray().ToArray();
        sets.Select(set => set.GetProperty("name").GetString()).ShouldBe(["fashion-mnist", "mnist"]);
        sets[0].GetProperty("state").GetString().ShouldBe("verified");

        var table = await _program.RunAsync("data", "--data", _program.Folder);
        table.Output.ShouldContain($"mnist: in none of {_program.Folder}");
        table.Output.ShouldContain("./sweep data pull mnist");
    }

    [Fact]
    public async Task Doctor_says_that_a_default_run_works_and_leaves_nothing_behind()
    {
        var ran = await _program.RunAsync("doctor");
        ran.Code.ShouldBe(0, ran.Output + ran.Error);
        ran.Output.ShouldContain("the gradient of x² at 1, 2, 3 is 2, 4, 6");
        Directory.GetFileSystemEntries(_program.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("postgres://u:hunter2@h/d", "give the password by PGPASSWORD, a file named by PGPASSWORD_FILE, or")]
    [InlineData("postgres://u@h:0/d", "put that right in --store or SWEEP_STORE")]
    [InlineData("nonsense", "write sqlite:PATH or postgres://USER@HOST/DATABASE")]
    public async Task Doctor_repairs_an_address_by_what_is_wrong_with_it(string store, string repair)
    {
        var ran = await _program.RunAsync("doctor", "--store", store);

        ran.Code.ShouldBe(1, ran.Error);
        ran.Output.ShouldContain($"\nstore: {repair}");
        ran.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Doctor_ends_with_1_where_a_default_run_would_not_work()
    {
        var ran = await _program.RunAsync("doctor", "--store", $"sqlite:{_program.Folder}", "-o", "json");
        ran.Code.ShouldBe(1, ran.Error);
        ran.Output.ShouldContain("is a folder");
        ran.Output.ShouldContain("name another store: --store sqlite:PATH");
    }

    [Theory]
    [InlineData("data", "pull", "cifar")]
    [InlineData("data", "pull")]
    [InlineData("data", "--data", "missing")]
    [InlineData("doctor", "-o", "xml")]
    public async Task Wrong_arguments_exit_with_2_and_a_sentence(params string[] arguments)
    {
        var ran = await _program.RunAsync(arguments);
        ran.Code.ShouldBe(2, ran.Output + ran.Error);
        ran.Error.ShouldNotBeNullOrWhiteSpace();
        ran.Error.ShouldNotContain("   at ");
    }
}
