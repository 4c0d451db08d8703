using System.CommandLine;
using System.Text;
using Orchestrator.Cli;

Console.OutputEncoding = Encoding.UTF8;
var root = SweepProgram.Create();
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Action is not RootHelp && parsed.Errors is not [])
{
    var path = SweepProgram.PathOf(parsed.CommandResult);
    await Console.Error.WriteLineAsync(WrongArguments.Sentence(parsed));
    await Console.Error.WriteLineAsync($"see {path} --help");
    return ExitCode.WrongInput;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
