using System.Runtime.InteropServices;

namespace Worker.Hosting;

/// <summary>
/// What a slot does not hear: whoever stops a worker may tell its whole process group (<c>timeout</c>,
/// systemd, Slurm, a terminal that closes), and the worker alone knows what becomes of an attempt.
/// </summary>
/// <remarks>A slot ends by its worker's hand, by the end of its worker's pipe, or by signal 9.</remarks>
public sealed class SlotSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(
            signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)),
    ];

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
