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
    StatusCommand.Create(),
    ReportCommand.Create(),
    new HelpOption { Recursive = true },
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? ExitCode.WrongInput : code;
