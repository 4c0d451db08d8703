using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>extend</c>: more replicates, or more values of swept parameters.</summary>
public static class ExtendCommand
{
    private const int MostReplicates = 1_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var input = new SweepFileInput(
            ArgumentArity.ZeroOrOne,
            "The sweep's file with more replicates or more values; without it, the file as the sweep has it");
        var replicates = new Option<int?>("--replicates")
        {
            HelpName = "N",
            Description = "How often each configuration is to be run in all",
        };
        replicates.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsReplicates(text))
            {
                result.AddError($"--replicates takes a whole number from 1 to {MostReplicates}, not '{text}'");
            }
        });
        var command = new Command(
            "extend",
            "Adds trials to a sweep that runs or is completed: more replicates, or more values of parameters "
            + "that it sweeps. What is there stays; new trials are paired with it and numbered on.\n\n"
            + "Example: ./sweep extend quickstart --replicates 4 --set 'sampler.step_size={values: [5, 10, 20]}'")
        {
            sweep, replicates, store,
        };
        input.AddTo(command);
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            (engine, address, state) => RunAsync(
                engine, address, state, input, parsed, parsed.GetValue(replicates))));
        return command;
    }

    private static async Task<int> RunAsync(
        IStore engine,
        StoreAddress store,
        SweepState state,
        SweepFileInput input,
        ParseResult arguments,
        int? replicates)
    {
        if (state.Program != ProgramVersion.Current)
        {
            await Console.Error.WriteLineAsync(RefusalText.OtherProgram(state));
            return ExitCode.WrongInput;
        }

        string[] more = replicates is { } count
            ? [string.Create(CultureInfo.InvariantCulture, $"replicates={count}")]
            : [];
        if (await input.ReadOrElseAsync(arguments, state.Plan!.Spec, $"sweep {state.Name}", more)
            is not { } wanted)
        {
            return ExitCode.WrongInput;
        }

        switch (SweepExtension.Plan(state.Plan, wanted.Spec, wanted.Experiment))
        {
            case ExtensionResult.Refused refused:
                await Console.Error.WriteLineAsync(Sentence(state, refused));
                return ExitCode.WrongInput;
            case ExtensionResult.Planned planned:
                return await ExtendAsync(engine, store, state, planned.Addition);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ExtendAsync(
        IStore engine, StoreAddress store, SweepState state, SweepAddition planned)
    {
        if (await Submitting.PairedAsync(engine, state, planned) is not { } addition)
        {
            return ExitCode.WrongInput;
        }

        var answered = await Asking.SendAsync(
            engine, state, (id, at) => new SweepCommand.ExtendSweep(id, at, addition));
        if (answered is null)
        {
            return ExitCode.WrongInput;
        }

        Console.WriteLine(ControlText.Extended(answered.After, addition));
        await Asking.SayNextStepAsync(engine, store, answered.After);
        return ExitCode.Done;
    }

    private static string Sentence(SweepState state, ExtensionResult.Refused refused)
    {
        var keys = string.Join(", ", refused.Keys);
        return refused.Problem switch
        {
            ExtensionProblem.OtherKeys =>
                $"an extension has more replicates or more values of {Swept(state)}; this one differs in {keys}: "
                + "submit it as a sweep of its own",
            ExtensionProblem.ValuesRemoved =>
                $"an extension keeps every value that sweep {state.Name} has; this one lacks some of {keys}",
            ExtensionProblem.FewerReplicates =>
                $"sweep {state.Name} has {state.Trials.Max(t => t.Replicate)} replicates already: "
                + "an extension has as many or more",
            ExtensionProblem.NothingNew =>
                $"sweep {state.Name} has all these trials already: give --replicates, --set or a changed file",
            _ => throw new UnreachableException(),
        };
    }

    private static string Swept(SweepState state) => state.Plan!.Swept.IsEmpty
        ? "what it sweeps, which is nothing"
        : string.Join(", ", state.Plan.Swept);

    private static bool IsReplicates(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is >= 1 and <= MostReplicates;
}
