using System.Collections.Immutable;
using System.CommandLine;
using Shared;
using Shared.Engine;
using Shared.Execution;
using Shared.Reports.Document;
using Worker.Hosting;

namespace Worker;

/// <summary>
/// The commands that start a worker: for every sweep, and for the one that <c>run</c> watches.
/// </summary>
internal static class WorkerCommands
{
    private const int MostSlots = 1_024;

    /// <summary><c>./sweep worker</c>: works on every unfinished sweep of a store.</summary>
    public static Command OfEverySweep()
    {
        var store = Store();
        var slots = Slots("--slots", "How many slots on the cores; the default is their number");
        var slotsPerGpu = Slots("--slots-per-gpu", "How many slots on each GPU, instead of the cores");
        var data = Data();
        var labels = new Option<string[]>("--label")
        {
            HelpName = "KEY=VALUE",
            Description = "What sweeps may require of this worker; may be given several times",
        };
        labels.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => LabelOf(token.Value) is null))
            {
                result.AddError($"--label {token.Value}: write KEY=VALUE");
            }
        });
        var name = new Option<string?>("--name")
        {
            Description = "Its name in the store; default: of machine and process",
        };
        name.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } text && !WorkerName.IsOne(text))
            {
                result.AddError($"--name '{LogText.Line(text)}': a worker's name is {WorkerName.Form}");
            }
        });
        var drain = Duration(
            "--drain",
            "How long slots may take to leave what they have when it is told to stop; default 30s");
        var untilIdle = Duration("--until-idle", "End after so long without work; default: never");
        var command = new Command(
            "worker",
            "Works on every unfinished sweep of a store, highest priority first, then oldest, until it is told "
            + "to stop.\n\nExample: ./sweep worker --slots 4 --until-idle 10m")
        {
            store, slots, slotsPerGpu, data, labels, name, drain, untilIdle,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(slots) is not null && result.GetValue(slotsPerGpu) is not null)
            {
                result.AddError("--slots is for cores and --slots-per-gpu for GPUs: say one of them");
            }
        });
        command.SetAction((parsed, _) => WorkerProgram.RunAsync(new WorkerSetup(
            parsed.GetValue(store),
            Sweep: null,
            parsed.GetValue(slots),
            parsed.GetValue(slotsPerGpu),
            parsed.GetValue(data),
            LabelsOf(parsed.GetValue(labels) ?? []),
            parsed.GetValue(name),
            DurationText.Parse(parsed.GetValue(drain) ?? "") ?? WorkerPlan.DefaultDrainLimit,
            DurationText.Parse(parsed.GetValue(untilIdle) ?? ""),
            EndsWithInput: false)));
        return command;
    }

    /// <summary>
    /// The worker that <c>run</c> starts: for one sweep, as long as its standard input is open.
    /// </summary>
    public static Command OfOneSweep()
    {
        var store = Store();
        var slots = Slots("--slots", "How many slots; the default is the number of cores");
        var data = Data();
        var sweep =
            new Option<string>("--sweep") { Required = true, Description = "Name of the sweep to work on" };
        var command = new Command("run", "Works on a sweep until it is over, or until standard input ends")
        {
            store, sweep, slots, data,
        };
        command.SetAction((parsed, _) => WorkerProgram.RunAsync(new WorkerSetup(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            parsed.GetValue(slots),
            SlotsPerGpu: null,
            parsed.GetValue(data),
            LabelsOf([]),
            Name: null,
            WorkerPlan.DrainLimitOfRun,
            UntilIdle: null,
            EndsWithInput: true)));
        return command;
    }

    /// <summary>Where data are looked for.</summary>
    public static Option<string?> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "Folder that data are looked for in; default $SWEEP_DATA, runs/data, Debian's folders",
    };

    private static Option<string?> Store() => new("--store")
    {
        HelpName = "ADDRESS",
        Description = "The store, such as sqlite:runs/sweeps.db; default $SWEEP_STORE, then that",
    };

    private static Option<int?> Slots(string name, string description)
    {
        var slots = new Option<int?>(name) { HelpName = "N", Description = description };
        slots.Validators.Add(result =>
        {
            if (result.GetValue(slots) is < 1 or > MostSlots)
            {
                result.AddError($"{name} takes a whole number from 1 to {MostSlots}");
            }
        });
        return slots;
    }

    private static Option<string?> Duration(string name, string description)
    {
        var option = new Option<string?>(name) { HelpName = "TIME", Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is { } text && DurationText.Parse(text) is null)
            {
                result.AddError($"{name} takes {DurationText.Form}, not '{text}'");
            }
        });
        return option;
    }

    private static (string Key, string Value)? LabelOf(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (text[..at], text[(at + 1)..]) : null;

    private static ImmutableSortedDictionary<string, string> LabelsOf(IEnumerable<string> texts)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in texts.Select(LabelOf).OfType<(string, string)>())
        {
            labels[key] = value;   // of two with one key the last one counts
        }

        return labels.ToImmutable();
    }
}
