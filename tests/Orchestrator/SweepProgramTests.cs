using System.CommandLine;
using System.Text;
using Orchestrator.Cli;
using Tests.Shared.Reports;
using SweepProgram = Orchestrator.Cli.SweepProgram;

namespace Tests.Orchestrator;

public sealed class SweepProgramTests
{
    public static TheoryData<string> Commands =>
        new(SweepProgram.Create().Subcommands.SelectMany(PathsOf));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_shows_its_help_with_an_example(string command)
    {
        var parsed = SweepProgram.Create().Parse([.. command.Split(' '), "--help"]);
        parsed.Action.ShouldBeOfType<RootHelp>();
        using var output = new StringWriter();
        await parsed.InvokeAsync(new InvocationConfiguration { Output = output });
        output.ToString().ShouldContain($"Example: ./sweep {command}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_line_in_the_readme(string command) =>
        Encoding.UTF8.GetString(RepositoryFiles.Read("README.md"))
            .ShouldContain($"| `./sweep {command.Split(' ')[0]}");

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_path_of_a_command_is_what_one_types(string command) =>
        SweepProgram.PathOf(SweepProgram.Create().Parse(command.Split(' ')).CommandResult)
            .ShouldBe($"./sweep {command}");

    [Fact]
    public async Task The_help_of_the_program_names_every_command_once_with_what_it_does()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await SweepProgram.Create().Parse("--help").InvokeAsync(new InvocationConfiguration { Output = output });

        var lines = output.ToString().Split('\n');
        lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0])
            .ShouldBe(
                SweepProgram.Create().Subcommands.Select(c => c.Name).Append("worker"), ignoreOrder: true);
        lines.ShouldContain("Change:");
        lines.ShouldContain("  pause          Lets no more trials of a sweep start, until it is resumed");
        lines.ShouldAllBe(line => line.Length <= 130);
    }

    private static IEnumerable<string> PathsOf(Command command) =>
        command.Subcommands.Select(inner => $"{command.Name} {inner.Name}").Prepend(command.Name);
}
