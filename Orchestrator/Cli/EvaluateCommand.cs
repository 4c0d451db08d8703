using System.Collections.Immutable;
using System.CommandLine;
using Engine.Sql;
using Shared.Engine;
using Shared.Experiments;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// <c>evaluate</c>: measures the models that the trials of a sweep left, as a sweep of its own.
/// </summary>
public static class EvaluateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var trial = new Argument<int?>("trial")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Number of the one trial to measure, such as 3; without it, every one with a model",
            CustomParser = result => CliOptions.ReadTrial(result),
        };
        var parts = Parts();
        var settings = new Option<string[]>("--set")
        {
            HelpName = "KEY=VALUE",
            Description = "A parameter of the evaluation, such as ood.images=500, or its name or seed; "
                + "docs/EXPERIMENTS.md lists them",
        };
        var slots = CliOptions.Slots();
        var store = CliOptions.Store();
        var data = CliOptions.Data();
        var beside = CliOptions.New();
        var progress = new ProgressOptions();
        var command = new Command(
            "evaluate",
            "Measures the models that the trials of a sweep left, as a sweep of its own: a store that is a file is "
            + "worked on here, of another one the sweep is only submitted.\n\n"
            + "./sweep report SWEEP --with EVALUATION then puts what it measured into the report of the sweep.\n\n"
            + "Example: ./sweep evaluate quickstart --with ood --set ood.images=500")
        {
            sweep, trial, parts, settings, slots, store, data, beside,
        };
        progress.AddTo(command);
        command.SetAction(async (parsed, _) => await progress.ReadAsync(parsed) is { } view
            ? await Stores.WithSweepAsync(
                parsed.GetValue(store),
                parsed.GetRequiredValue(sweep),
                (engine, address, state) => RunAsync(
                    engine, address, state,
                    new EvaluationRequest(
                        [.. parsed.GetRequiredValue(parts)], parsed.GetValue(trial),
                        [.. parsed.GetValue(settings) ?? []], parsed.GetValue(beside)),
                    new WorkerSetup(parsed.GetValue(slots), parsed.GetValue(data)),
                    view))
            : ExitCode.WrongInput);
        return command;
    }

    private static Option<string[]> Parts()
    {
        var known = EvaluationPart.All.Select(part => part.Name).ToImmutableArray();
        return new Option<string[]>("--with")
        {
            HelpName = "PARTS",
            Required = true,
            Description = $"What is measured, with commas between: {Named(ofPoints: false)} of models of images, "
                + $"{Named(ofPoints: true)} of those of points in the plane",
            CustomParser = result =>
            {
                string[] named = [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Distinct()];
                if (named.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
                {
                    result.AddError($"--with takes {string.Join(", ", known)}, not '{unknown}'");
                }

                return [.. known.Where(named.Contains)];
            },
        };
    }

    private static string Named(bool ofPoints) => string.Join(
        ", ", EvaluationPart.All.Where(part => part.MeasuresPoints == ofPoints).Select(part => part.Name));

    private static async Task<int> RunAsync(
        IStore engine,
        StoreAddress store,
        SweepState state,
        EvaluationRequest request,
        WorkerSetup setup,
        ProgressView view)
    {
        if (request.Trial is 0)
        {
            await Console.Error.WriteLineAsync(RefusalText.NoTrial(state, trial: 0));
            return ExitCode.WrongInput;
        }

        if (await SweepFileInput.RightAsync(Parse(state, request)) is not { } parsed)
        {
            return ExitCode.WrongInput;
        }

        return store is StoreAddress.Sqlite
            ? await RunCommand.SubmitAndRunAsync(
                engine, store, parsed, setup, request.BesideUnfinished, view)
            : await SubmitAsync(engine, store, parsed, request.BesideUnfinished);
    }

    /// <summary>The file of the command line; what ranks follows from what its settings leave to be measured.</summary>
    private static SweepFileResult Parse(SweepState state, EvaluationRequest request)
    {
        var choices = request.Settings.IsEmpty ? SweepChoices.None : new SweepChoices(null, request.Settings);
        var first = Read(parameters: null);
        return first is SweepFileResult.Parsed parsed
            ? Read(parsed.Experiment.Bind<ModelEvaluationParameters>(parsed.Plan.Configurations[0].Resolved))
            : first;

        SweepFileResult Read(ModelEvaluationParameters? parameters) => SweepFile.Parse(
            EvaluationFile.Of(state, request.Parts, request.Trial, parameters),
            "./sweep evaluate", ExperimentCatalog.Default, choices);
    }

    private static async Task<int> SubmitAsync(
        IStore engine, StoreAddress store, SweepFileResult.Parsed parsed, bool besideUnfinished)
    {
        if (await Submitting.SubmitAsync(engine, parsed, besideUnfinished) is not { } sweep
            || await engine.ReadAsync(sweep, CancellationToken.None) is not { } submitted)
        {
            return ExitCode.WrongInput;
        }

        SubmitCommand.Say(submitted, store);
        return ExitCode.Done;
    }

    /// <summary>What the command line says beside the sweep.</summary>
    private sealed record EvaluationRequest(
        ImmutableArray<string> Parts, int? Trial, ImmutableArray<string> Settings, bool BesideUnfinished);
}
