namespace Orchestrator.Cli;

/// <summary>What the command line says of the worker that it starts.</summary>
/// <param name="Slots">How many trials run at once.</param>
/// <param name="Data">Folder that data are looked for in, where the command line gave one.</param>
public sealed record WorkerSetup(int Slots, string? Data);
