using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Cli;

/// <summary>How progress is spelt, in the table and in lines.</summary>
public static class ProgressText
{
    /// <summary><c>1:05</c>, <c>1:02:05</c>; nothing is <c>–</c>.</summary>
    public static string Time(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalHours: >= 1 } t => $"{(int)t.TotalHours}:{t:mm\\:ss}",
        { } t => $"{(int)t.TotalMinutes}:{t:ss}",
    };

    /// <summary>Three significant digits; nothing is <c>–</c>.</summary>
    public static string Number(double? value) =>
        value is { } v ? v.ToString(Math.Abs(v) is >= 1e4 or (< 1e-3 and > 0) ? "0.0e+0" : Digits(v),
            CultureInfo.InvariantCulture) : "–";

    /// <summary><c>812 B</c>, <c>1.5 MB</c>: three significant digits, in powers of 1000.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var power = Math.Min(units.Length - 1, bytes < 1_000 ? 0 : (int)Math.Log(bytes, 1_000));
        return power == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / Math.Pow(1_000, power):G3} {units[power]}");
    }

    /// <summary>A count with its noun: <c>1 slot</c>, <c>2 slots</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>What a trial does, in one word.</summary>
    public static string State(TrialProgress row) => row switch
    {
        { Phase: TrialPhase.Waiting, Trial.Attempts.IsEmpty: true } => "waiting",
        { Phase: TrialPhase.Waiting } => "waiting again",
        { Phase: TrialPhase.Ended } => Word(row.Trial.Outcome!.Value),
        { Step: var step, Updates: var updates } when step >= updates => "evaluating",
        _ => "training",
    };

    /// <summary>A value of an enumeration as files and tables spell it, kebab-case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        Kebab(value.ToString());

    /// <summary>A name of the program as files and tables spell it: <c>AttemptStarted</c> is
    /// <c>attempt-started</c>.</summary>
    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static string Digits(double value) => Math.Abs(value) switch
    {
        >= 100 => "0",
        >= 10 => "0.0",
        >= 1 => "0.00",
        _ => "0.000",
    };
}
