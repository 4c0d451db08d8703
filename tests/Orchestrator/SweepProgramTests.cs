using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
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
        parsed.Action.ShouldBeOfType<HelpAction>();
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

    private static IEnumerable<string> PathsOf(Command command) =>
        command.Subcommands.Select(inner => $"{command.Name} {inner.Name}").Prepend(command.Name);
}
