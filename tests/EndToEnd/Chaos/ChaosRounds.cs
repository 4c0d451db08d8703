using System.Globalization;
using Shared.Sweeps;
using Xunit.Abstractions;

namespace Tests.EndToEnd.Chaos;

/// <summary>How many rounds of each kind of chaos are run, and the line that each leaves.</summary>
internal static class ChaosRounds
{
    /// <summary>Rounds of each test; <c>./test --long</c> sets it.</summary>
    public const string Variable = "SWEEP_TEST_ROUNDS";

    private const int FirstSeed = 1;

    /// <summary>The seeds of this run, one a round.</summary>
    public static IEnumerable<int> Seeds
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(Variable);
            var rounds = int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 1;
            return Enumerable.Range(FirstSeed, rounds);
        }
    }

    /// <summary>Prints what a round came to: from where each second attempt began, and how soon.</summary>
    public static void Print(
        ITestOutputHelper output, int seed, string what, SweepState state, bool areResultsEqual)
    {
        var next =
            from trial in state.Trials
            from pair in trial.Attempts.Zip(trial.Attempts.Skip(1))
            let wait = (pair.Second.StartedAt - pair.First.EndedAt!.Value).TotalSeconds
            select string.Create(
                CultureInfo.InvariantCulture,
                $"trial {trial.Number} attempt {pair.Second.Id.Number} from update {pair.Second.From?.Update ?? 0} "
                + $"after {wait:0.0} s ({pair.First.Outcome})");
        output.WriteLine(
            $"seed {seed} | {what} | {string.Join(", ", next.DefaultIfEmpty("no second attempt"))} | results "
            + (areResultsEqual ? "equal" : "DIFFERENT"));
    }
}

/// <summary>
/// A test that needs a small file system of its own in memory; skipped where none can be mounted.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        try
        {
            SmallDisk.Mount(1).Dispose();
        }
        catch (InvalidOperationException refused)
        {
            Skip = $"no tmpfs can be mounted: {refused.Message}";
        }
    }
}
