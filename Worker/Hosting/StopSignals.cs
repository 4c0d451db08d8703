using System.Runtime.InteropServices;

namespace Worker.Hosting;

/// <summary>
/// What tells a worker to stop: SIGTERM, and what a terminal sends to a worker in front of it.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _haveCome;

    /// <summary>Listens from now on.</summary>
    /// <param name="stop">Told each time.</param>
    /// <param name="isInFront">
    /// Whether a person started it: then Ctrl-C and the end of the terminal mean it, too. Otherwise the
    /// program that started it decides what they mean.
    /// </param>
    public StopSignals(Action stop, bool isInFront)
    {
        PosixSignal[] inFront = isInFront ? [PosixSignal.SIGINT, PosixSignal.SIGHUP] : [];
        _registrations =
        [
            .. inFront.Append(PosixSignal.SIGTERM).Select(signal => PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    _haveCome = true;
                    stop();
                })),
        ];
    }

    /// <summary>Whether one has come.</summary>
    public bool HaveCome => _haveCome;

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
