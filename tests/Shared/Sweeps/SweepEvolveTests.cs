using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared;
using Shared.Sweeps;
using Tests.Contracts;

namespace Tests.Shared.Sweeps;

public sealed class SweepEvolveTests
{
    private const string First = "sweep-history";
    private const string Present = "sweep-history-2";

    [Fact]
    public void Every_kind_of_event_can_be_folded_and_stored()
    {
        SweepEvent[] recorded = [.. Recorded.History(), .. Recorded.DependentHistory()];
        var kinds = typeof(SweepEvent).GetNestedTypes()
            .Where(t => t.IsSubclassOf(typeof(SweepEvent))).ToList();

        recorded.Select(e => e.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
        typeof(SweepEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)
            .ShouldBe(kinds, ignoreOrder: true);
        Sweep.Fold(Recorded.History()).Version.ShouldBe(Recorded.History().Count);
    }

    [Fact]
    public void An_attempt_keeps_what_its_end_said()
    {
        var state = Sweep.Fold(Recorded.History());

        var lost = state.Trial(2).Attempts[0];
        lost.Outcome.ShouldBe(AttemptOutcome.Lost);
        lost.Reason.ShouldBe("the slot was killed by signal 9");
        var failed = state.Trial(1).Attempts[0];
        (failed.Outcome, failed.Reason, failed.LogTail)
            .ShouldBe((AttemptOutcome.Failed, "it went wrong", "last line"));
        failed.EndedAt.ShouldBe(Given.At(4));
        state.Trial(1).Attempts[1].LastBatch.ShouldBe(3);
        state.Trial(2).Attempts[3].From.ShouldBe(new CheckpointId(Given.Attempt(2, 3), 40, "0028"));
        state.CancelledAt.ShouldBe(Given.At(34));
        state.Answers[Given.Id(34)].Length.ShouldBe(2);
    }

    /// <remarks>
    /// A stored history is never rewritten, so this file is not made anew: an event that changes gets a new
    /// version and a recorded history of its own.
    /// </remarks>
    [Theory]
    [InlineData(First)]
    [InlineData(Present)]
    public void A_recorded_history_folds_to_its_golden_hash(string name)
    {
        var state = Sweep.Fold(Stored(name).Select(SweepEventJson.Read));

        CanonicalJson.Sha256(StateJson.Of(state)).ShouldBe(Golden(name + ".sha256").Trim());
    }

    [Fact]
    public void Today_the_recorded_commands_still_write_the_recorded_history() =>
        Recorded.History().Select(SweepEventJson.Write).ShouldBe(Stored(Present));

    private static string Golden(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file));

    private static List<string> Stored(string name)
    {
        using var document = JsonDocument.Parse(Golden(name + ".json"));
        return [.. document.RootElement.EnumerateArray().Select(e => e.GetRawText())];
    }
}
