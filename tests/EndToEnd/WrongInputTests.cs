namespace Tests.EndToEnd;

[Collection(SweepFixture.Collection)]
public sealed class WrongInputTests : IDisposable
{
    private readonly SweepProgram _program = new();

    [Fact]
    public async Task A_wrong_file_names_every_problem_and_stores_nothing()
    {
        var text = SweepFixture.File
            .Replace("sampler.steps: 10", "sampler.steps: many", StringComparison.Ordinal)
            .Replace("seed: 3", "sede: 3", StringComparison.Ordinal);

        var ran = await _program.RunAsync("run", _program.Write("wrong.yaml", text));

        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain("wrong.yaml:4:1: sede");
        ran.Error.ShouldContain("wrong.yaml:10:");
        ran.Error.ShouldContain("sampler.steps");
        File.Exists(Path.Combine(_program.Folder, "sweeps.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Damaged_data_are_named_and_nothing_is_stored()
    {
        var data = Path.Combine(_program.Folder, "data");
        Directory.CreateDirectory(Path.Combine(data, "fashion-mnist"));
        var damaged = Path.Combine(data, "fashion-mnist", "train-images-idx3-ubyte.gz");
        await File.WriteAllBytesAsync(damaged, [0x1f, 0x8b, 8, 0]);
        var file = _program.Write("images.yaml", """
            name: images
            question: Is a damaged file found before anything is stored?
            experiment: two-head
            data: fashion-mnist
            metric: {name: accuracy, goal: maximize}
            """);

        var ran = await SweepProgram.EndAsync(_program.StartWithData(data, "run", file));

        ran.Code.ShouldBe(2, ran.Output);
        ran.Error.ShouldContain(damaged);
        ran.Error.Trim().ShouldNotContain("\n");
        File.Exists(Path.Combine(_program.Folder, "sweeps.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("run", "missing.yaml")]
    [InlineData("status", "nothing")]
    [InlineData("report", "nothing")]
    [InlineData("report", "nothing", "--with")]
    [InlineData("report", "nothing", "--with=")]
    [InlineData("report", "nothing", "--with", "one,two")]
    [InlineData("evaluate", "nothing", "0", "--with", "ood")]
    [InlineData("resume", "nothing")]
    [InlineData("submit", "missing.yaml")]
    [InlineData("submit", "missing.yaml", "--priority", "high")]
    [InlineData("watch", "nothing")]
    [InlineData("pause", "nothing")]
    [InlineData("cancel", "nothing")]
    [InlineData("cancel", "nothing", "--trial", "x")]
    [InlineData("retry", "nothing")]
    [InlineData("priority", "nothing", "1")]
    [InlineData("limits", "nothing")]
    [InlineData("extend", "nothing")]
    [InlineData("explode")]
    [InlineData("run")]
    [InlineData("run", "missing.yaml", "--slots", "0")]
    [InlineData("run", "missing.yaml", "--slots", "many")]
    [InlineData("status", "nothing", "-o", "xml")]
    [InlineData("status", "nothing", "--store", "mongo:x")]
    [InlineData("list", "-o", "xml")]
    [InlineData("export", "nothing")]
    [InlineData("run", "missing.yaml", "--quiet", "--verbose")]
    [InlineData("run", "missing.yaml", "--no-test")]
    [InlineData("run", "missing.yaml", "--set")]
    public async Task Wrong_arguments_exit_with_2_and_a_sentence(params string[] arguments)
    {
        var ran = await _program.RunAsync(arguments);

        ran.Code.ShouldBe(2, ran.Output + ran.Error);
        ran.Error.ShouldNotBeNullOrWhiteSpace();
        ran.Error.ShouldNotContain("   at ");
        Directory.GetFileSystemEntries(_program.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--set needs a value: --set KEY=VALUE", "run", "x.yaml", "--set")]
    [InlineData("status needs a <sweep>: name of a sweep, such as quickstart", "status")]
    [InlineData("unknown command 'lst': there are run, submit, ", "lst")]
    [InlineData("unknown argument 'extra'", "run", "x.yaml", "extra")]
    [InlineData("-o takes one of table, json, csv, not 'xml'", "list", "-o", "xml")]
    [InlineData("--quiet and --verbose contradict each other", "resume", "x", "--quiet", "--verbose")]
    [InlineData("--no-test goes with --dry-run alone", "run", "x.yaml", "--no-test")]
    public async Task The_sentence_says_what_was_expected(string sentence, params string[] arguments)
    {
        var ran = await _program.RunAsync(arguments);

        ran.Code.ShouldBe(2);
        ran.Error.ShouldStartWith(sentence);
    }

    public void Dispose() => _program.Dispose();
}
