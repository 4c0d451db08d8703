using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>limits</c>: how much of a sweep may run.</summary>
public static class LimitsCommand
{
    private const string None = "none";
    private const int MostAtOnce = 1_000_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var concurrency = new Option<Change<int?>?>("--concurrency")
        {
            HelpName = "N|none",
            Description = "How many trials run at once at most",
            CustomParser = ReadConcurrency,
        };
        var budget = new Option<Change<TimeSpan?>?>("--budget")
        {
            HelpName = "TIME|none",
            Description = "How much slot time all attempts together take at most, such as 90m, 12h or 2d; "
                + "once it is spent, no trial starts and what runs runs to its end",
            CustomParser = ReadBudget,
        };
        var command = new Command(
            "limits",
            "Says how much of a sweep may run; with an option, changes it, while it runs too.\n\n"
            + "Example: ./sweep limits quickstart --concurrency 2 --budget 12h")
        {
            sweep, concurrency, budget, store,
        };
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            (engine, _, state) =>
                RunAsync(engine, state, parsed.GetValue(concurrency), parsed.GetValue(budget))));
        return command;
    }

    private static async Task<int> RunAsync(
        IStore engine, SweepState state, Change<int?>? concurrency, Change<TimeSpan?>? budget)
    {
        if (concurrency is not null || budget is not null)
        {
            var limits = new SweepLimits(
                concurrency is null ? state.Limits.Concurrency : concurrency.To,
                budget is null ? state.Limits.Budget : budget.To);
            var answered = await Asking.SendAsync(
                engine, state, (id, at) => new SweepCommand.ChangeLimits(id, at, limits));
            if (answered is null)
            {
                return ExitCode.WrongInput;
            }

            state = answered.After;
        }

        Console.WriteLine(ControlText.Limited(state, TimeProvider.System.GetUtcNow()));
        return ExitCode.Done;
    }

    private static Change<int?>? ReadConcurrency(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == None)
        {
            return new Change<int?>(null);
        }

        if (int.TryParse(text, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostAtOnce)
        {
            return new Change<int?>(most);
        }

        result.AddError(
            $"--concurrency takes a whole number from 1 to {MostAtOnce}, or {None}, not '{text}'");
        return null;
    }

    private static Change<TimeSpan?>? ReadBudget(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == None)
        {
            return new Change<TimeSpan?>(null);
        }

        if (Duration.Read(text) is { } budget)
        {
            return new Change<TimeSpan?>(budget);
        }

        result.AddError($"--budget takes {Duration.Forms}, or {None}, not '{text}'");
        return null;
    }

    /// <summary>An option that was given: what it changes its limit to.</summary>
    private sealed record Change<T>(T To);
}
