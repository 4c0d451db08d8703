using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared;
using Shared.Sweeps;
using Tests.Contracts;

namespace Tests.Shared.Sweeps;

public sealed class SweepEvolveTests
{
    private static string HistoryFile =>
        Path.Combine(AppContext.BaseDirectory, "Golden", "sweep-history.json");

    private static string HashFile =>
        Path.Combine(AppContext.BaseDirectory, "Golden", "sweep-history.sha256");

    [Fact]
    public void Every_kind_of_event_can_be_folded_and_stored()
    {
        var recorded = Recorded.History();
        var kinds = typeof(SweepEvent).GetNestedTypes()
            .Where(t => t.IsSubclassOf(typeof(SweepEvent))).ToList();

        recorded.Select(e => e.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
        typeof(SweepEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)
            .ShouldBe(kinds, ignoreOrder: true);
        Sweep.Fold(recorded).Version.ShouldBe(recorded.Count);
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
        state.CompletedAt.ShouldBe(Given.At(15));
        state.Answers[Given.Id(15)].Length.ShouldBe(3);
    }

    /// <remarks>
    /// A stored history is never rewritten, so this file is not made anew: an event that changes gets a new
    /// version and a recorded history of its own.
    /// </remarks>
    [Fact]
    public void The_recorded_history_folds_to_its_golden_hash()
    {
        var state = Sweep.Fold(Stored().Select(SweepEventJson.Read));

        CanonicalJson.Sha256(StateJson.Of(state)).ShouldBe(File.ReadAllText(HashFile).Trim());
    }

    [Fact]
    public void Today_the_recorded_commands_still_write_the_recorded_history() =>
        Recorded.History().Select(SweepEventJson.Write).ShouldBe(Stored());

    private static List<string> Stored()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(HistoryFile));
        return [.. document.RootElement.EnumerateArray().Select(e => e.GetRawText())];
    }
}
