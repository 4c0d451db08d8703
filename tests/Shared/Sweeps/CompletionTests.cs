using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>A sweep of a few trials that end in every order and every way.</summary>
public sealed class CompletionTests
{
    private const int Trials = 4;
    private static readonly int[] Ways = [0, 1, 2, 3, 4, 5];

    [Fact]
    public void Whatever_the_order_the_last_end_and_no_other_completes_the_sweep()
    {
        foreach (var order in Orders([1, 2, 3, 4]))
        {
            EndAll(order, trial => trial - 1);
        }
    }

    [Fact]
    public void Whatever_the_ends_the_last_one_completes_the_sweep()
    {
        foreach (var ways in
            from a in Ways from b in Ways from c in Ways from d in Ways select new[] { a, b, c, d })
        {
            EndAll([1, 2, 3, 4], trial => ways[trial - 1]);
        }
    }

    private static void EndAll(int[] order, Func<int, int> wayOf)
    {
        var sweep = Scenario.Waiting(Trials);
        var id = 1;
        foreach (var trial in order)
        {
            sweep.State.IsCompleted.ShouldBeFalse();
            foreach (var command in End(trial, wayOf(trial), () => ++id))
            {
                sweep.After(command);
            }
        }

        var where = $"{string.Join(' ', order.Select(t => $"{t}:{wayOf(t)}"))}";
        sweep.State.IsCompleted.ShouldBeTrue(where);
        sweep.History.OfType<SweepEvent.SweepCompleted>().ShouldHaveSingleItem(where);
        sweep.History[^1].ShouldBeOfType<SweepEvent.SweepCompleted>(where);
        sweep.State.Trials.ShouldAllBe(t => t.Outcome != null, where);
    }

    /// <summary>One of the ways in which a trial that waits for its parent can come to its end.</summary>
    private static IEnumerable<SweepCommand> End(int trial, int way, Func<int> id)
    {
        if (way < 2)
        {
            yield return way == 0
                ? new SweepCommand.FailWaitingTrial(Given.Id(id()), Given.Noon, trial, "its parent failed")
                : new SweepCommand.CancelTrial(Given.Id(id()), Given.Noon, trial);
            yield break;
        }

        var parent = new ParentArtifact(Given.Attempt(trial, sweep: "parent"), "model.safetensors", "ab12");
        yield return new SweepCommand.ReleaseTrial(Given.Id(id()), Given.Noon, trial, parent);
        if (way == 2)
        {
            yield return new SweepCommand.CancelTrial(Given.Id(id()), Given.Noon, trial);
            yield break;
        }

        yield return Given.Claim(id());
        var attempt = Given.Attempt(trial);
        yield return way switch
        {
            3 => Given.Finish(id(), attempt),
            4 => Given.Finish(id(), attempt, AttemptOutcome.Failed),
            _ => new SweepCommand.CancelTrial(Given.Id(id()), Given.Noon, trial),
        };
    }

    private static IEnumerable<int[]> Orders(int[] trials) => trials.Length == 0
        ? [[]]
        : trials.SelectMany(
            first => Orders([.. trials.Where(t => t != first)]),
            (first, rest) => new[] { first }.Concat(rest).ToArray());
}
