using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Sql;
using Shared.Engine;
using Shared.Experiments;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Opens stores for commands; what cannot be used becomes one sentence and exit code 2.</summary>
public static class Stores
{
    /// <summary>Runs a command against the store at an address.</summary>
    /// <param name="given">The address as given on the command line, or nothing.</param>
    /// <param name="mode">Whether the store may be made.</param>
    /// <param name="command">
    /// The command, with the store and its absolute address; gives its exit code.
    /// </param>
    public static Task<int> WithAsync(
        string? given, StoreMode mode, Func<IStore, StoreAddress, Task<int>> command) =>
        WithAddressAsync(given, address => WithAsync(address, mode, command));

    /// <summary>Runs a command against a sweep of a store that exists.</summary>
    /// <param name="given">The address as given on the command line, or nothing.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="command">The command; gives its exit code.</param>
    /// <param name="waits">
    /// Whether the command follows the sweep: then it waits for a store that does not answer yet, as it would
    /// for one that falls silent later.
    /// </param>
    public static Task<int> WithSweepAsync(
        string? given,
        string sweep,
        Func<IStore, StoreAddress, SweepState, Task<int>> command,
        bool waits = false) =>
        WithAddressAsync(given, address => waits
            ? WaitAsync(address, sweep, command)
            : WithAsync(
                address,
                StoreMode.Existing,
                async (engine, place) => await FindAsync(engine, place, sweep) is { } state
                    ? await command(engine, place, state)
                    : ExitCode.WrongInput));

    /// <summary>Runs a command against several sweeps of a store that exists.</summary>
    /// <param name="given">The address as given on the command line, or nothing.</param>
    /// <param name="sweeps">Names of the sweeps.</param>
    /// <param name="command">The command, with the sweeps in this order; gives its exit code.</param>
    public static Task<int> WithSweepsAsync(
        string? given,
        IReadOnlyList<string> sweeps,
        Func<IStore, StoreAddress, ImmutableArray<SweepState>, Task<int>> command) =>
        WithAsync(given, StoreMode.Existing, async (engine, address) =>
        {
            var states = ImmutableArray.CreateBuilder<SweepState>(sweeps.Count);
            foreach (var sweep in sweeps)
            {
                if (await FindAsync(engine, address, sweep) is not { } state)
                {
                    return ExitCode.WrongInput;
                }

                states.Add(state);
            }

            return await command(engine, address, states.MoveToImmutable());
        });

    /// <summary>Runs a command against a trial of a sweep of a store that exists.</summary>
    /// <param name="given">The address as given on the command line, or nothing.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="trial">Number of the trial.</param>
    /// <param name="command">The command; gives its exit code.</param>
    /// <param name="waits">As for a sweep.</param>
    public static Task<int> WithTrialAsync(
        string? given,
        string sweep,
        int trial,
        Func<IStore, SweepState, Task<int>> command,
        bool waits = false) =>
        WithSweepAsync(
            given,
            sweep,
            async (engine, _, state) =>
            {
                if (trial >= 1 && trial <= state.Trials.Length)
                {
                    return await command(engine, state);
                }

                await Console.Error.WriteLineAsync(RefusalText.NoTrial(state, trial));
                return ExitCode.WrongInput;
            },
            waits);

    /// <summary>
    /// Runs a command with the address of a store, which the command opens itself where it wants one.
    /// </summary>
    /// <param name="given">The address as given on the command line, or nothing.</param>
    /// <param name="command">The command; gives its exit code.</param>
    public static async Task<int> WithAddressAsync(string? given, Func<StoreAddress, Task<int>> command)
    {
        switch (Places.Store(given))
        {
            case StoreAddressReply.Parsed parsed:
                return await SayFailuresAsync(() => command(parsed.Address));
            case StoreAddressReply.Refused refused:
                await Console.Error.WriteLineAsync(refused.Sentence);
                return ExitCode.WrongInput;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> SayFailuresAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (StoreUnusableException unusable)
        {
            await Console.Error.WriteLineAsync(LogText.Line(unusable.Message));
            return ExitCode.WrongInput;
        }
        catch (StoreUnreachableException unreachable)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task<int> WithAsync(
        StoreAddress address, StoreMode mode, Func<IStore, StoreAddress, Task<int>> command)
    {
        await using var engine = await Engines.OpenAsync(address, mode);
        return await command(engine, address);
    }

    private static async Task<int> WaitAsync(
        StoreAddress address, string sweep, Func<IStore, StoreAddress, SweepState, Task<int>> command)
    {
        IStore? engine = null;
        SweepState? state = null;
        try
        {
            // The store's own times are not known before it answers.
            var code = await Following.UntilOverAsync(LeaseTimes.Default, LookAsync, Console.Error.WriteLine);
            return code != ExitCode.Done ? code
                : state is null ? ExitCode.WrongInput
                : await command(engine!, address, state);
        }
        finally
        {
            if (engine is not null)
            {
                await engine.DisposeAsync();
            }
        }

        async Task<bool> LookAsync()
        {
            engine ??= await Engines.OpenAsync(address, StoreMode.Existing);
            state = await FindAsync(engine, address, sweep);
            return true;
        }
    }

    /// <summary>A sweep that this program can show; otherwise one sentence on the error stream.</summary>
    private static async Task<SweepState?> FindAsync(IStore engine, StoreAddress address, string sweep)
    {
        if (await engine.ReadAsync(sweep, CancellationToken.None) is { } state)
        {
            if (ExperimentCatalog.Default.Find(state.Plan!.Experiment) is not null)
            {
                return state;
            }

            await Console.Error.WriteLineAsync(
                $"sweep {sweep} is of the experiment {state.Plan.Experiment}, which this version of the "
                + $"program does not have; it was submitted by version {state.Program}");
            return null;
        }

        var known = (await engine.ListAsync(CancellationToken.None)).Select(s => s.Name).ToArray();
        await Console.Error.WriteLineAsync(known.Length == 0
            ? $"there is no sweep {Shown(sweep)}: the store {address} holds none yet"
            : $"there is no sweep {Shown(sweep)}; the store {address} holds: {string.Join(", ", known)}");
        return null;

        // A name that a reader would not see as one word stands in quotes.
        static string Shown(string name) =>
            name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? name : $"'{name}'";
    }
}
