using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>What can be shown where the output goes.</summary>
public static class Terminal
{
    /// <summary>Whether a table can be drawn there again and again.</summary>
    public static bool CanDraw =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
