using System.Diagnostics;
using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Sends what a person asks of a sweep.</summary>
public static class Asking
{
    /// <summary>Sends a command once; a refusal becomes one sentence on the error stream.</summary>
    /// <param name="store">The store.</param>
    /// <param name="before">The sweep as it was read.</param>
    /// <param name="command">The command, with the id and the time that it is given.</param>
    /// <param name="trial">Number of the trial that it is about; nothing where it is about the sweep.</param>
    /// <returns>What happened, or nothing where it was refused: then nothing has changed.</returns>
    public static async Task<Answered?> SendAsync(
        IStore store,
        SweepState before,
        Func<CommandId, DateTimeOffset, SweepCommand> command,
        int? trial = null)
    {
        var decision = await store.SendAsync(
            before.Name,
            command(new CommandId(Guid.NewGuid()), TimeProvider.System.GetUtcNow()),
            CancellationToken.None);
        var after = await store.ReadAsync(before.Name, CancellationToken.None) ?? before;
        switch (decision)
        {
            case Decision.Accepted accepted:
                return new Answered(before, after, [.. accepted.Events]);
            case Decision.Rejected rejected:
                await Console.Error.WriteLineAsync(RefusalText.Of(rejected.Reason, after, trial));
                return null;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Says who may run a sweep, where nobody works on it.</summary>
    public static async Task SayNextStepAsync(IStore store, StoreAddress address, SweepState state)
    {
        var sentence = ControlText.NextStep(
            state, (await Serving.ReadAsync(store)).Of(state.Name), address);
        if (sentence.Length > 0)
        {
            Console.WriteLine(sentence);
        }
    }
}

/// <summary>What a command did.</summary>
/// <param name="Before">The sweep as it was read before.</param>
/// <param name="After">The sweep as it is since.</param>
/// <param name="Events">What the command made.</param>
public sealed record Answered(SweepState Before, SweepState After, IReadOnlyList<SweepEvent> Events);
