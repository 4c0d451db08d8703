using System.Runtime.InteropServices;

namespace Orchestrator.Cli;

/// <summary>Ctrl-C and termination: the first one asks, the second one ends the process at once.</summary>
public sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Listens from now on.</summary>
    public Interrupts() => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    /// <summary>Whether one has come.</summary>
    public bool HasCome => Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Environment.Exit(ExitCode.Interrupted);
        }
    }
}
