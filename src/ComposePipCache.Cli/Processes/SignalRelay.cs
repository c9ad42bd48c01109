using System.Runtime.InteropServices;

namespace ComposePipCache.Cli.Processes;

/// <summary>
/// While it lives, a signal ends not us but the child: it is passed on, and the child's exit is ours.
/// </summary>
internal sealed class SignalRelay : ISignalHold
{
    /// <summary>As with docker: who asks this often means it.</summary>
    private const int SignalsBeforeKill = 3;

    // Never disposed: a signal may come at the last moment.
    private readonly CancellationTokenSource _requested = new();
    private readonly Func<bool>? _tryAsk;
    private readonly Lock _gate = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _received;
    private int? _child;
    private int? _waiting;

    public SignalRelay(Func<bool>? tryAsk)
    {
        _tryAsk = tryAsk;
        PosixSignal[] signals = OperatingSystem.IsWindows()
            ? [PosixSignal.SIGINT, PosixSignal.SIGTERM]
            : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    public CancellationToken Requested => _requested.Token;

    public void Attach(int child)
    {
        lock (_gate)
        {
            _child = child;
            if (_waiting is { } signal)
            {
                Relay(child, signal);
            }
        }
    }

    public void Terminate() => Receive(LibC.SigTerminate);

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _requested.Cancel(); // first: the child's end must find it done
        Receive(NumberOf(context.Signal));
    }

    private void Receive(int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // a console tells every process on it
        }

        lock (_gate)
        {
            _received++;
            if (_child is { } child)
            {
                Relay(child, signal);
            }
            else
            {
                _waiting = signal;
            }
        }
    }

    private void Relay(int child, int signal)
    {
        if (_received >= SignalsBeforeKill)
        {
            _ = LibC.Kill(child, LibC.SigKill);
        }
        else if (signal == LibC.SigTerminate || !LibC.IsInForeground())
        {
            // In the foreground of a terminal the child has had its own, as it may have elsewhere when all of a group
            // or a service got one. Compose takes a second one for impatience, so a signal is the last choice.
            _ = _tryAsk?.Invoke() is true ? 0 : LibC.Kill(child, signal);
        }
    }

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => LibC.SigInterrupt,
        PosixSignal.SIGHUP => LibC.SigHangUp,
        PosixSignal.SIGQUIT => LibC.SigQuit,
        _ => LibC.SigTerminate,
    };
}
