using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary>Looks at a store again and again, until what is followed is over or the user has seen enough.</summary>
public static class Following
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks until the look says that it was the last one.</summary>
    /// <param name="times">Of the store: one that is silent for longer than its cut-off limit is given up.</param>
    /// <param name="look">Shows what is new; true when nothing more can come.</param>
    /// <param name="say">Takes a sentence about the store.</param>
    /// <returns><see cref="ExitCode.Done"/>, or <see cref="ExitCode.Interrupted"/>.</returns>
    /// <exception cref="StoreUnreachableException">The store has been silent for too long.</exception>
    public static async Task<int> UntilOverAsync(LeaseTimes times, Func<Task<bool>> look, Action<string> say)
    {
        using var interrupts = new Interrupts();
        DateTimeOffset? silentSince = null;
        while (!interrupts.HasCome)
        {
            try
            {
                var isOver = await look();
                if (silentSince is not null)
                {
                    say("the store answers again");
                }

                silentSince = null;
                if (isOver)
                {
                    return ExitCode.Done;
                }
            }
            catch (StoreUnreachableException silent)
            {
                var now = TimeProvider.System.GetUtcNow();
                if (now - silentSince > times.CutOffLimit)
                {
                    throw;
                }

                if (silentSince is null)
                {
                    say($"the store does not answer, waiting for it: {silent.Message}");
                }

                silentSince ??= now;
            }

            await Task.Delay(Look);
        }

        return ExitCode.Interrupted;
    }
}
