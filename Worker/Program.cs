using System.CommandLine;
using System.Runtime.InteropServices;
using Training.Data;
using Worker.Hosting;
using Worker.Verifying;

// Ctrl-C reaches the whole process group: the program that started this one decides what it means.
using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);

var store = new Option<string>("--store")
{
    Required = true,
    Description = "The store, such as sqlite:runs/sweeps.db",
};
var sweep = new Option<string>("--sweep") { Required = true, Description = "Name of the sweep to work on" };
var slots = new Option<int>("--slots")
{
    DefaultValueFactory = _ => Environment.ProcessorCount,
    Description = "How many slots; the default is the number of cores",
};
slots.Validators.Add(result =>
{
    if (result.GetValue(slots) is < 1 or > 1_024)
    {
        result.AddError("--slots takes a whole number from 1 to 1024");
    }
});

var data = new Option<string?>("--data")
{
    HelpName = "DIR",
    Description = "Folder that data are looked for in; default $SWEEP_DATA, runs/data, Debian's folders",
};
var run = new Command("run", "Works on a sweep until it is over, or until standard input ends")
{
    store, sweep, slots, data,
};
run.SetAction((parsed, _) => WorkerProgram.RunAsync(
    parsed.GetRequiredValue(store),
    parsed.GetRequiredValue(sweep),
    parsed.GetValue(slots),
    parsed.GetValue(data)));

var spool = new Option<string>("--spool") { Required = true, Description = "Folder for artifacts" };
var slotSet = new Option<string?>("--set") { Description = "Name of the data set that the attempts need" };
var slot = new Command("slot", "Runs attempts for the worker at the other end of the standard streams")
{
    spool, slotSet, data,
};
slot.SetAction((parsed, _) => SlotHost.RunAsync(
    parsed.GetRequiredValue(spool), parsed.GetValue(slotSet), DataPlaces.Of(parsed.GetValue(data))));

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

var root = new RootCommand("A worker: owns the devices of a box and supervises its slots.")
{
    run, slot, check, list, pull, doctor, SampleProgram.Create(), VerifyProgram.Create(data),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? 2 : code;
