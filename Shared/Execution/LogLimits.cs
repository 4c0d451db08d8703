using Shared.Engine;

namespace Shared.Execution;

/// <summary>How much of what slots say goes into a store.</summary>
public static class LogLimits
{
    /// <summary>Lines of one slot in a report.</summary>
    public const int LinesOfSlot = 50;

    /// <summary>Characters of a line in a report.</summary>
    public const int LineLength = 200;

    /// <summary>Bytes of one slot's lines in a report, as JSON.</summary>
    public const int BytesOfSlot = 4_096;

    /// <summary>Bytes of all slots' lines in a report, as JSON.</summary>
    public const int BytesOfReport = 8_192;

    /// <summary>Bytes, as JSON, that are kept of the log of an attempt with a result.</summary>
    public const int KeptOfResult = 4_096;

    // A character takes at most six bytes of JSON (ESC is \u001b), and a line four beside its own.
    private const int BytesOfCharacter = 8;

    /// <summary>Between two reports where nothing is new but lines.</summary>
    public static TimeSpan BetweenReports { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What a report says of a slot's log; the last line is always among it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="running">How many slots of the worker run something: they share the room.</param>
    public static LogEnd ForReport(LogEnd log, int running)
    {
        var room = Math.Min(BytesOfSlot, BytesOfReport / Math.Max(1, running));
        return log.Within(LinesOfSlot, Math.Min(LineLength, room / BytesOfCharacter), room);
    }

    /// <summary>What is kept of the log of an attempt with a result: few will look at it.</summary>
    /// <param name="log">The text of a <see cref="LogEnd"/>.</param>
    public static string ForResult(string log) =>
        LogEnd.Parse(log).Within(int.MaxValue, LineLength, KeptOfResult).Text();
}
