using System.Diagnostics;

namespace Tests.EndToEnd;

/// <summary>What <c>./sweep --with</c> does to a clone, with packages that no source of this machine holds.</summary>
public sealed class OptionsTests : IClassFixture<ScratchClone>
{
    private readonly ScratchClone _clone;

    public OptionsTests(ScratchClone clone) => _clone = clone;

    [Theory]
    [InlineData("torchsharp", "TorchSharp-cpu")]
    [InlineData("akka", "Akka")]
    [InlineData("pbm", "Petabridge.Cmd")]
    public async Task A_package_that_cannot_be_restored_is_one_sentence_and_the_clone_stays_clean(
        string option, string package)
    {
        var ran = await _clone.SweepAsync("--with", option, "list");

        ran.Code.ShouldBe(1, ran.Error);
        var last = ran.Error.TrimEnd().Split('\n')[^1];
        last.ShouldStartWith(package);
        last.ShouldContain($" {ScratchClone.NoVersion} could not be restored: it comes from nuget.org");
        ran.Error.ShouldNotContain("NU110");
        (await _clone.StatusAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_option_that_could_not_be_built_is_not_remembered_and_the_default_build_is_untouched()
    {
        var built = _clone.Stamp("artifacts/built.programs");

        await _clone.SweepAsync("--with", "torchsharp");

        _clone.Has("artifacts/with").ShouldBeFalse();
        _clone.Has("artifacts/bin").ShouldBeFalse();
        _clone.Stamp("artifacts/built.programs").ShouldBe(built);
        _clone.Has("artifacts/with-torchsharp-cpu/restore.log").ShouldBeTrue();
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package A. No packages exist", "A")]
    [InlineData("error NU1102: Unable to find package A.B with version (>= 1.2.0)", "A.B 1.2.0")]
    [InlineData(
        "error NU1601: Warning As Error: Dependency specified was A (>= 1.2.0) but ended up with A 1.3.0. [/x]",
        "A 1.2.0 1.3.0")]
    [InlineData("error NU1603: Warning As Error: C depends on A (>= 1.2.0) but A 1.2.0 was not found", "A 1.2.0")]
    [InlineData("error CS1002: ; expected", "")]
    public async Task The_missing_package_is_read_from_the_log_of_a_restore(string line, string package) =>
        (await _clone.MissingPackageAsync(line)).ShouldBe(package);

    [Theory]
    [InlineData("--with", "akka,torchsharpp")]
    [InlineData("--with", "none,akka")]
    [InlineData("--with", "")]
    [InlineData("--with")]
    public async Task A_wrong_option_is_refused_with_the_right_ones_and_nothing_is_built(params string[] arguments)
    {
        var wasThere = _clone.Has("artifacts");

        var ran = await _clone.SweepAsync(arguments);

        ran.Code.ShouldBe(2);
        ran.Error.ShouldStartWith("--with takes akka, pbm, torchsharp or torchsharp-cuda, with commas between them, or none");
        ran.Error.Trim().ShouldNotContain("\n");
        _clone.Has("artifacts").ShouldBe(wasThere);
    }
}

/// <summary>
/// A clone of this working tree whose only package source is the folder of packages that this machine has, and
/// whose options are of a version that nobody has published.
/// </summary>
public sealed class ScratchClone : IAsyncLifetime
{
    /// <summary>The version of every option that the clone asks for.</summary>
    public const string NoVersion = "99.98.97";

    private const string Settings = """
        <configuration>
          <packageSources><clear /><add key="here" value="{0}" /></packageSources>
        </configuration>
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweep-clone-");

    private string Clone => Path.Combine(_folder.FullName, "clone");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Clone);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "NuGet.config"),
            Settings.Replace("{0}", packages, StringComparison.Ordinal));
        var root = global::Shared.CloneFolder.Above(AppContext.BaseDirectory, File.Exists)!;
        (await ShellAsync(root, """git ls-files -co --exclude-standard -z | xargs -0 cp --parents -t "$0" """, Clone))
            .Code.ShouldBe(0);
        (await ShellAsync(Clone, """
            git init -q . && git add -A && git -c user.name=test -c user.email=test@localhost commit -q -m clone
            """)).Code.ShouldBe(0);
    }

    /// <summary>Runs <c>./sweep</c> of the clone.</summary>
    public async Task<Ran> SweepAsync(params string[] arguments) =>
        await ShellAsync(Clone, """./sweep "$@" """, ["sweep", .. arguments]);

    /// <summary>What <c>.ci/options</c> takes from a line of a restore's log.</summary>
    public async Task<string> MissingPackageAsync(string line) => (await ShellAsync(
        Clone, """clone=. . .ci/options; missing_package /dev/stdin <<<"$0" """, line)).Output.Trim();

    /// <summary>What git says of the clone.</summary>
    public async Task<string> StatusAsync() => (await ShellAsync(Clone, "git status --porcelain")).Output;

    public bool Has(string path) => Path.Exists(Path.Combine(Clone, path));

    public DateTime Stamp(string path) => File.GetLastWriteTimeUtc(Path.Combine(Clone, path));

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static async Task<Ran> ShellAsync(string folder, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var option in (string[])["TorchSharpVersion", "AkkaVersion", "PetabridgeCmdVersion"])
        {
            start.Environment[option] = NoVersion;
        }

        start.Environment.Remove("WithAkka");
        using var process = Process.Start(start)!;
        return await SweepProgram.EndAsync(process);
    }
}
