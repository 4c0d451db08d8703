namespace Orchestrator.Cli;

/// <summary>The exit codes of every command.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something failed; the report is still written.</summary>
    public const int Failed = 1;

    /// <summary>The input was wrong; nothing was changed.</summary>
    public const int WrongInput = 2;

    /// <summary>Interrupted; what ran was handed back.</summary>
    public const int Interrupted = 130;
}
