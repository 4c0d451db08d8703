using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using Orchestrator.Cli;

Console.OutputEncoding = Encoding.UTF8;
var root = new Command(
    "./sweep",
    "Runs sweeps of energy-based models and compares them.\n\nExample: ./sweep run sweeps/quickstart.yaml")
{
    RunCommand.Create(),
    ResumeCommand.Create(),
    ListCommand.Create(),
    StatusCommand.Create(),
    ReportCommand.Create(),
    ExportCommand.Create(),
    DataCommand.Create(),
    DoctorCommand.Create(),
    SampleCommand.Create(),
    new HelpOption { Recursive = true },
};
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Action is not HelpAction && parsed.Errors is not [])
{
    var path = parsed.CommandResult.Command == root ? "" : $" {parsed.CommandResult.Command.Name}";
    await Console.Error.WriteLineAsync(WrongArguments.Sentence(parsed));
    await Console.Error.WriteLineAsync($"see ./sweep{path} --help");
    return ExitCode.WrongInput;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
