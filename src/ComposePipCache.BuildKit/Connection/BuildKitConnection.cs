using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Gateways;
using Grpc.Core;
using Grpc.Net.Client;
using ControlService = ComposePipCache.Protocol.Controls.Control;

namespace ComposePipCache.BuildKit.Connection;

/// <summary>One gRPC channel to the BuildKit inside an engine, through the Engine API's <c>/grpc</c> upgrade.</summary>
public sealed class BuildKitConnection : IAsyncDisposable
{
    /// <summary>BuildKit's own limit for one message, both ways.</summary>
    public const int MaximumMessageLength = 16 * 1024 * 1024;

    // Never disposed: a dial in the background may still look at it.
    private readonly CancellationTokenSource _disposed = new();
    private readonly GrpcChannel _channel;
    private readonly DialEngine _dial;
    private readonly TimeProvider _time;

    /// <summary>Prepares the channel; the engine is dialled by the first call.</summary>
    public BuildKitConnection(DialEngine dial, ConnectionTimeouts? timeouts = null, TimeProvider? timeProvider = null)
    {
        _dial = dial;
        _time = timeProvider ?? TimeProvider.System;
        Timeouts = timeouts ?? new ConnectionTimeouts();
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = CreateHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaximumMessageLength,
            MaxSendMessageSize = MaximumMessageLength,
        });
        var invoker = _channel.CreateCallInvoker();
        Control = new ControlService.ControlClient(invoker);
        Bridge = new LLBBridge.LLBBridgeClient(invoker);
    }

    /// <summary>Deadlines in force on this connection.</summary>
    public ConnectionTimeouts Timeouts { get; }

    /// <summary>BuildKit's Control service, as generated.</summary>
    public ControlService.ControlClient Control { get; }

    /// <summary>BuildKit's gateway service; its calls need the metadata of a running build.</summary>
    public LLBBridge.LLBBridgeClient Bridge { get; }

    /// <summary>Opens a further stream to the same engine and upgrades it, for a session.</summary>
    /// <exception cref="HijackRefusedException">The engine does not know the path or denies access.</exception>
    /// <exception cref="ConnectionLostException">The engine closed the connection or says nothing.</exception>
    public async Task<Stream> HijackAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var stream = await _dial(either.Token);
        using var deadline = new CancellationTokenSource(Timeouts.Answer, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(either.Token, deadline.Token);
        try
        {
            await HttpHijack.UpgradeAsync(stream, path, headers, any.Token);
            return stream;
        }
        catch (OperationCanceledException e) when (!either.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            throw new EngineSilentException(path, Timeouts.Answer, e);
        }
        catch (IOException e)
        {
            await stream.DisposeAsync();
            throw new ConnectionLostException(e.Message, StatusCode.Unavailable, e);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A dial outlives the call that asked for it.
        await _disposed.CancelAsync();
        _channel.Dispose();
    }

    /// <summary>Asks something that a healthy daemon answers at once.</summary>
    /// <exception cref="EngineSilentException">It did not, not even with the time that dialling may take.</exception>
    internal async Task<T> AskAsync<T>(
        string name,
        Func<CallOptions, AsyncUnaryCall<T>> ask,
        Metadata? headers,
        CancellationToken cancellationToken)
    {
        var patience = Timeouts.Answer * 2;
        using var deadline = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var call = ask(new CallOptions(headers, cancellationToken: either.Token));
        try
        {
            return await GrpcCalls.UnwrapAsync(call.ResponseAsync, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineSilentException(name, patience, e);
        }
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        EnableMultipleHttp2Connections = false,
        KeepAlivePingDelay = Timeouts.PingDelay,
        KeepAlivePingTimeout = Timeouts.PingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        InitialHttp2StreamWindowSize = 1024 * 1024,
        ConnectCallback = async (_, cancellationToken) => await HijackAsync("/grpc", [], cancellationToken),
    };
}
