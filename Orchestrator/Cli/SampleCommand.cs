using System.CommandLine;
using System.Globalization;
using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// <c>sample</c>: chains on the model that a trial left, as a grid and a strip; changes no store.
/// </summary>
public static class SampleCommand
{
    private const string Model = "model.safetensors";
    private const string Buffer = "buffer.safetensors";
    private const int MostSteps = 10_000_000;
    private const int MostChains = 1_024;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var trial = new Argument<int>("trial") { Description = "Number of a trial, as status shows it" };
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json");
        var steps = Whole("--steps", "Steps of a chain", 500, MostSteps);
        var count = Whole("--count", "How many chains", 16, MostChains);
        var start = new Option<string>("--start")
        {
            DefaultValueFactory = _ => "noise",
            Description = "Where chains start: fresh noise, or a copy of the trial's replay buffer",
        };
        start.AcceptOnlyFromAmong("noise", "buffer");
        var stepSize = Number("--step-size", "A constant step size in place of the trial's own");
        var noise = Number("--noise", "Noise of a step in place of the trial's own");
        var seed = new Option<long>("--seed")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            Description = "Seed of starts and steps: the same one gives the same pictures",
        };
        var folder = new Option<string?>("--out")
        {
            HelpName = "DIR",
            Description = "Folder for samples.png and strip.png; default: beside the sweep's report",
        };
        var command = new Command(
            "sample",
            "Samples from the model that a trial left: a grid and a strip of chains on their way.\n\n"
            + "Example: ./sweep sample quickstart 3 --steps 500 --start buffer --count 16")
        {
            sweep, trial, steps, start, count, stepSize, noise, seed, folder, output, store,
        };
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            (engine, address, state) => RunAsync(
                engine,
                state,
                new SampleRequest(
                    parsed.GetRequiredValue(trial),
                    parsed.GetValue(steps),
                    parsed.GetValue(start)!,
                    parsed.GetValue(count),
                    parsed.GetValue(stepSize),
                    parsed.GetValue(noise),
                    parsed.GetValue(seed)),
                parsed.GetValue(folder) ?? DefaultFolder(address, state, parsed.GetRequiredValue(trial)),
                parsed.GetValue(output) == "json")));
        return command;
    }

    private static string DefaultFolder(StoreAddress address, SweepState state, int trial) => Path.Combine(
        Places.Report(address, state.Name),
        string.Create(CultureInfo.InvariantCulture, $"samples-of-trial-{trial}"));

    private static Option<int> Whole(string name, string description, int fallback, int most) => new(name)
    {
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        Description = description,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out var number) && number >= 1 && number <= most)
            {
                return number;
            }

            result.AddError($"{name} takes a whole number from 1 to {most}, not '{result.Tokens[0].Value}'");
            return 0;
        },
    };

    private static Option<double?> Number(string name, string description) => new(name)
    {
        HelpName = "X",
        Description = description,
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) && (number > 0 || (number == 0 && name == "--noise")))
            {
                return number;
            }

            result.AddError($"{name} takes a number above 0, not '{result.Tokens[0].Value}'");
            return null;
        },
    };

    private static async Task<int> RunAsync(
        IStore engine, SweepState state, SampleRequest request, string folder, bool asJson)
    {
        if (request.Trial < 1 || request.Trial > state.Trials.Length)
        {
            return await RefuseAsync(
                $"there is no trial {request.Trial}: "
                + $"sweep {state.Name} has the trials 1 to {state.Trials.Length}");
        }

        if (state.Plan!.Data is null)
        {
            return await RefuseAsync(
                $"{state.Name} is a sweep of {state.Plan.Experiment}, of points in the plane, and sample draws images");
        }

        var attempts = state.Trials[request.Trial - 1].Attempts;
        var model = attempts is [.., var last]
            ? await engine.ReadAsync(last.Id, Model, CancellationToken.None) : null;
        if (model is null)
        {
            return await RefuseAsync(
                $"trial {request.Trial} of {state.Name} has left no model: "
                + "a trial leaves one when it completes");
        }

        var buffer = request.Start == "noise"
            ? null : await engine.ReadAsync(attempts[^1].Id, Buffer, CancellationToken.None);
        if (request.Start != "noise" && buffer is null)
        {
            return await RefuseAsync(
                $"trial {request.Trial} of {state.Name} has no replay buffer; sample it with --start noise");
        }

        var reply = await SampleProcess.RunAsync(model, buffer, request, folder);
        if (reply.Code == 0)
        {
            SampleText.Write(state, request, reply.Json, folder, asJson);
        }

        return reply.Code;
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return ExitCode.WrongInput;
    }
}

/// <summary>What the command line asks to be sampled.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Steps">Steps of a chain.</param>
/// <param name="Start"><c>noise</c> or <c>buffer</c>.</param>
/// <param name="Count">How many chains.</param>
/// <param name="StepSize">A step size in place of the trial's own.</param>
/// <param name="Noise">Noise in place of the trial's own.</param>
/// <param name="Seed">Seed of starts and steps.</param>
public sealed record SampleRequest(
    int Trial, int Steps, string Start, int Count, double? StepSize, double? Noise, long Seed);
