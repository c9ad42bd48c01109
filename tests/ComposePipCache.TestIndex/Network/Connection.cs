using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Network;

/// <summary>One client connection from its acceptance to its end.</summary>
internal sealed class Connection(Socket socket, IndexState state, bool isTls) : IDisposable
{
    private const int SendBuffer = 256 * 1024;

    private readonly long _id = state.Ledger.OpenConnection();
    private Wire _wire = new(socket, new NetworkStream(socket, ownsSocket: false));
    private readonly CancellationTokenSource _abort = new();
    private bool _isAborted;

    public static bool IsEnd(Exception error) => error
        is IOException or SocketException or ObjectDisposedException or OperationCanceledException
        or AuthenticationException;

    public void Abort(Cut cut)
    {
        _isAborted = true;
        _wire.Abort(cut);
        try
        {
            _abort.Cancel(); // A delay would go on without its connection.
        }
        catch (ObjectDisposedException)
        {
            // It had ended by itself.
        }
    }

    public void Dispose()
    {
        _wire.Dispose();
        _abort.Dispose();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, _abort.Token);
        var cancellationToken = end.Token;
        try
        {
            socket.NoDelay = true;
            // What counts as sent shall not wait in this machine's memory by the megabyte.
            socket.SendBufferSize = SendBuffer;
            await state.Link.Gate.WaitAsync(cancellationToken);
            if (!isTls || await ShakeHandsAsync(cancellationToken))
            {
                await TalkAsync(cancellationToken);
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The client left between two requests, or the index stops.
        }
        finally
        {
            state.Ledger.CloseConnection(_id);
        }
    }

    private async Task<bool> ShakeHandsAsync(CancellationToken cancellationToken)
    {
        switch (state.TlsMode)
        {
            case TlsMode.Abort:
                await _wire.WaitForBytesAsync(cancellationToken);
                _wire.Abort(Cut.Reset);
                return false;
            case TlsMode.Stall:
                await _wire.WaitForClientToLeaveAsync(cancellationToken);
                return false;
            default:
                var encrypted = new SslStream(_wire.Stream);
                _wire = new Wire(socket, encrypted);
                await encrypted.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = state.Certificates.For(state.TlsMode) },
                    cancellationToken);
                return true;
        }
    }

    private async Task TalkAsync(CancellationToken cancellationToken)
    {
        var reader = new RequestReader(_wire.Stream);
        Exchange? last = null;
        try
        {
            while (await reader.ReadHeadAsync(cancellationToken) is { } head)
            {
                last = new Exchange(_wire, state, _id, isTls, () => _isAborted);
                if (!await last.RunAsync(head, cancellationToken))
                {
                    return;
                }
            }

            last?.TakeBackUnsent();
        }
        catch (Exception error) when (IsEnd(error))
        {
            last?.TakeBackUnsent();
        }
    }
}
