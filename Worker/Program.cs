using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Training.Data;
using Worker;
using Worker.Hosting;
using Worker.Verifying;

// Ctrl-C reaches the whole process group: unless a person started this one, the program that did decides what
// it means.
using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);

var data = WorkerCommands.Data();
var spool = new Option<string>("--spool") { Required = true, Description = "Folder for artifacts" };
var slot = new Command("slot", "Runs attempts for the worker at the other end of the standard streams")
{
    spool, data,
};
slot.SetAction(async (parsed, _) =>
{
    using var ignored = new SlotSignals();
    return await SlotHost.RunAsync(parsed.GetRequiredValue(spool), DataPlaces.Of(parsed.GetValue(data)));
});

var set = new Argument<string>("set") { Description = "Name of a data set, such as fashion-mnist" };
var check = new Command("check", "Reads a data set from one end to the other; says what is wrong with it")
{
    set, data,
};
check.SetAction((parsed, _) => DataCheck.RunAsync(
    parsed.GetRequiredValue(set), DataPlaces.Of(parsed.GetValue(data))));

var list = new Command("data", "Says, as JSON, where data sets are and whether they are whole") { data };
list.SetAction((parsed, _) => DataList.RunAsync(DataPlaces.Of(parsed.GetValue(data))));

var to = new Option<string?>("--to")
{
    HelpName = "DIR",
    Description = "Folder that the set's folder goes into",
};
var pull = new Command("pull", "Downloads a data set and compares it with its checksums") { set, to };
pull.SetAction((parsed, _) => DataPull.RunAsync(parsed.GetRequiredValue(set), parsed.GetValue(to)));

var doctor = new Command("doctor", "Says, as JSON, whether libtorch and data are as they should be") { data };
doctor.SetAction(parsed => Doctor.Run(DataPlaces.Of(parsed.GetValue(data))));

var worker = WorkerCommands.OfEverySweep();
// The other programs' ways to ask this one; a person types ./sweep worker and its options.
Command[] helpers =
[
    WorkerCommands.OfOneSweep(), slot, check, list, pull, doctor, SampleProgram.Create(),
    VerifyProgram.Create(data),
];
var isHelper = helpers.Any(helper => helper.Name == args.FirstOrDefault());
var root = new Command("./sweep", "Works on sweeps.") { worker, new HelpOption { Recursive = true } };
Array.ForEach(helpers, root.Add);
var parsed = root.Parse(isHelper ? args : [worker.Name, .. args]);
if (parsed.Action is not HelpAction && parsed.Errors is [var wrong, ..])
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\nsee ./sweep worker --help");
    return 2;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
