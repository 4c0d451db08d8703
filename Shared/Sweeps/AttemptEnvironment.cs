using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>Where an attempt ran; equal results are promised on equal environments only.</summary>
/// <param name="Device">Model of the device, such as the processor's name.</param>
/// <param name="Kernel">Which numeric kernel computes, such as <c>libtorch-cpu</c>.</param>
/// <param name="Libraries">Versions of the libraries that compute, by name.</param>
/// <param name="Program">Hash of the program's source trees.</param>
public sealed record AttemptEnvironment(
    string Device,
    string Kernel,
    ImmutableSortedDictionary<string, string> Libraries,
    string Program);

/// <summary>Which slot of which worker an attempt runs on.</summary>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Slot">Number of the slot on that worker, from 1.</param>
/// <param name="ProcessId">Process of the slot.</param>
public sealed record AttemptPlace(string Worker, int Slot, int ProcessId);
