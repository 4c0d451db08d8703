using System.CommandLine;
using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>submit</c>: submits a sweep file for workers to run, and returns.</summary>
public static class SubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new SweepFileInput();
        var store = CliOptions.Store();
        var beside = CliOptions.New();
        var priority = new Option<int>("--priority")
        {
            HelpName = "N",
            Description = "Sweeps with larger numbers get free slots first; 0 where not given",
            CustomParser = result => CliOptions.ReadPriority(result, "--priority takes"),
        };
        var paused = new Option<bool>("--paused")
        {
            Description = "Let no trial run before ./sweep resume",
        };
        var output = CliOptions.Output("text", "json");
        var command = new Command(
            "submit",
            "Submits a sweep file for workers to run, and returns at once.\n\n"
            + "Example: ./sweep submit sweeps/quickstart.yaml --priority 5")
        {
            store, beside, priority, paused, output,
        };
        input.AddTo(command);
        command.SetAction(async (parsed, _) => await input.ReadAsync(parsed) is { } sweep
            ? await Stores.WithAsync(
                parsed.GetValue(store),
                Submitting.ModeFor(sweep),
                (engine, address) => RunAsync(
                    engine,
                    address,
                    sweep,
                    new Wishes(
                        parsed.GetValue(beside), parsed.GetValue(priority), parsed.GetValue(paused),
                        parsed.GetValue(output) == "json")))
            : ExitCode.WrongInput);
        return command;
    }

    private static async Task<int> RunAsync(
        IStore engine, StoreAddress address, SweepFileResult.Parsed parsed, Wishes wishes)
    {
        var sweep = await Submitting.SubmitAsync(
            engine, parsed, wishes.BesideUnfinished, wishes.Priority, wishes.IsPaused);
        if (sweep is null || await engine.ReadAsync(sweep, CancellationToken.None) is not { } submitted)
        {
            return ExitCode.WrongInput;
        }

        if (wishes.AsJson)
        {
            Printed.Json(new SubmitView(
                submitted.Name,
                Standing.Of(submitted, (await Serving.ReadAsync(engine)).Of(sweep)),
                submitted.Priority,
                submitted.Trials.Length,
                address.ToString()));
            return ExitCode.Done;
        }

        Say(submitted, address);
        return ExitCode.Done;
    }

    /// <summary>Says what was submitted where, and what runs it.</summary>
    internal static void Say(SweepState submitted, StoreAddress address)
    {
        Console.WriteLine(
            $"sweep {submitted.Name}: {ProgressText.Count(submitted.Trials.Length, "trial")}, "
            + $"store {Places.Show(address)}");
        Console.WriteLine(submitted.IsPaused
            ? $"it is paused: ./sweep resume {submitted.Name} lets it run"
            : "./sweep worker runs it, on any box that reaches the store; "
                + $"./sweep watch {submitted.Name} follows it");
    }

    /// <summary>What the command line says beside the sweep file.</summary>
    private sealed record Wishes(bool BesideUnfinished, int Priority, bool IsPaused, bool AsJson);
}

/// <summary>A submitted sweep, for programs.</summary>
/// <param name="Sweep">The name that it got.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Priority">Larger numbers are served first.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Store">Address of the store that holds it.</param>
public sealed record SubmitView(string Sweep, SweepStanding State, int Priority, int Trials, string Store);
