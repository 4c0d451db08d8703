using System.Collections.Immutable;

namespace Worker.Hosting;

/// <summary>What the command line says of a worker.</summary>
/// <param name="Store">Address of the store as given, or nothing for the default one.</param>
/// <param name="Sweep">The one sweep that it works on; nothing for every unfinished one.</param>
/// <param name="Slots">How many slots on cores; nothing where that is not said.</param>
/// <param name="SlotsPerGpu">How many slots on each GPU; nothing where that is not said.</param>
/// <param name="Data">Folder that data are looked for in, where one was given.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Name">Its name in the store; nothing for one of machine and process.</param>
/// <param name="Drain">How long slots may take to leave what they have when it is told to stop.</param>
/// <param name="UntilIdle">It ends when it ran nothing for so long; nothing for never.</param>
/// <param name="EndsWithInput">
/// Whoever started it holds its standard input open for as long as it wants it.
/// </param>
public sealed record WorkerSetup(
    string? Store,
    string? Sweep,
    int? Slots,
    int? SlotsPerGpu,
    string? Data,
    ImmutableSortedDictionary<string, string> Labels,
    string? Name,
    TimeSpan Drain,
    TimeSpan? UntilIdle,
    bool EndsWithInput);
