using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Shared.Engine;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>events</c>: the history of a sweep as sentences.</summary>
public static class EventsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json");
        var follow = CliOptions.Follow("Go on with what happens, until the sweep ends or Ctrl-C");
        var command = new Command(
            "events",
            "Tells the history of a sweep, a sentence an event: when it was stored, by the store's clock, by "
            + "which user, and what happened.\n\nExample: ./sweep events quickstart -f")
        {
            sweep, follow, store, output,
        };
        command.Validators.Add(result => CliOptions.RefuseFollowedJson(result, follow, output));
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            (engine, _, state) => parsed.GetValue(follow)
                ? FollowAsync(engine, state.Name)
                : PrintAsync(engine, state.Name, parsed.GetValue(output)!),
            waits: parsed.GetValue(follow)));
        return command;
    }

    /// <summary>An event for a program.</summary>
    public static EventView ViewOf(RecordedEvent recorded)
    {
        var (trial, attempt) = EventText.SubjectOf(recorded.Event);
        return new EventView(
            recorded.Version,
            recorded.StoredAt.ToUniversalTime(),
            recorded.StoredBy,
            EventText.KindOf(recorded.Event),
            trial,
            attempt,
            EventText.Of(recorded.Event));
    }

    /// <summary>An event for a person.</summary>
    public static string LineOf(EventView happened) => string.Create(
        CultureInfo.InvariantCulture,
        $"{happened.At:yyyy-MM-dd HH:mm:ss.fff'Z'}  {LogText.Line(happened.By)}  {LogText.Line(happened.Text)}");

    private static async Task<int> PrintAsync(IStore engine, string sweep, string output)
    {
        var history = await engine.ReadHistoryAsync(sweep, 0, CancellationToken.None);
        if (output == "json")
        {
            Printed.Json(history.Select(ViewOf).ToImmutableArray());
            return ExitCode.Done;
        }

        Print(history);
        return ExitCode.Done;
    }

    private static Task<int> FollowAsync(IStore engine, string sweep)
    {
        var version = 0L;
        return Following.UntilOverAsync(engine.LeaseTimes, LookAsync, Console.Error.WriteLine);

        async Task<bool> LookAsync()
        {
            var news = await engine.ReadHistoryAsync(sweep, version, CancellationToken.None);
            Print(news);
            version = news is [.., var last] ? last.Version : version;
            // What follows on the end of a completed sweep, such as an extension, is worth a new call.
            return news is [.., { Event: SweepEvent.SweepCompleted or SweepEvent.SweepCancelled }];
        }
    }

    private static void Print(ImmutableArray<RecordedEvent> history)
    {
        foreach (var recorded in history)
        {
            Console.WriteLine(LineOf(ViewOf(recorded)));
        }
    }
}

/// <summary>An event of a sweep, for programs.</summary>
/// <param name="Version">Its place in the history, from 1.</param>
/// <param name="At">When it was stored, by the store's clock.</param>
/// <param name="By">The user of the system or of the database who stored it.</param>
/// <param name="Event">Its kind, such as <c>attempt-started</c>.</param>
/// <param name="Trial">Number of the trial that it is about; nothing where it is about the sweep.</param>
/// <param name="Attempt">Number of the attempt; nothing where it is about no attempt.</param>
/// <param name="Text">One sentence.</param>
public sealed record EventView(
    long Version, DateTimeOffset At, string By, string Event, int? Trial, int? Attempt, string Text);
