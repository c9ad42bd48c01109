using ComposePipCache.FakeDaemon.Network;
using ComposePipCache.Protocol.BuildSecrets;
using ComposePipCache.Protocol.FileTransfer;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Protocol.Healthchecks;
using ComposePipCache.Protocol.RegistryAuth;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>A client's session: the engine calls back on it, being the HTTP/2 client this time.</summary>
public sealed class SessionCaller : IAsyncDisposable
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EngineStream _connection;
    private readonly GrpcChannel _channel;
    private readonly CallInvoker _invoker;

    internal SessionCaller(EngineStream connection, UpgradeHead head)
    {
        _connection = connection;
        Head = head;
        _channel = GrpcChannel.ForAddress("http://session", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                // Go's client keeps 64 KiB windows.
                InitialHttp2StreamWindowSize = 65_535,
                ConnectCallback = async (_, cancellationToken) =>
                {
                    await _opened.Task.WaitAsync(cancellationToken);
                    return new RepeatingStream(_connection);
                },
            },
        });
        _invoker = _channel.CreateCallInvoker();
    }

    /// <summary>The upgrade request that opened the session.</summary>
    public UpgradeHead Head { get; }

    /// <summary>The session's name in build requests.</summary>
    public string Id => Head.Values("X-Docker-Expose-Session-Uuid").Single();

    /// <summary>The methods the client says it serves.</summary>
    public IReadOnlyList<string> Methods => Head.Values("X-Docker-Expose-Session-Grpc-Method");

    /// <summary>Done when the session is over.</summary>
    public Task Ended => _connection.Ended;

    /// <summary>Closes the session from the engine's side.</summary>
    public void Break() => _connection.Break();

    /// <summary>The session's connection falls silent.</summary>
    public void Freeze() => _connection.Freeze();

    /// <summary>Asks whether the client is alive.</summary>
    public async Task<HealthCheckResponse.Types.ServingStatus> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var response = await new Health.HealthClient(_invoker)
            .CheckAsync(new HealthCheckRequest(), cancellationToken: cancellationToken);
        return response.Status;
    }

    /// <summary>Asks for a secret.</summary>
    public async Task<byte[]> GetSecretAsync(string id, CancellationToken cancellationToken)
    {
        var response = await new Secrets.SecretsClient(_invoker)
            .GetSecretAsync(new GetSecretRequest { ID = id }, cancellationToken: cancellationToken);
        return response.Data.ToByteArray();
    }

    /// <summary>Asks for credentials of a registry.</summary>
    public async Task<CredentialsResponse> GetCredentialsAsync(string host, CancellationToken cancellationToken) =>
        await new Auth.AuthClient(_invoker)
            .CredentialsAsync(new CredentialsRequest { Host = host }, cancellationToken: cancellationToken);

    /// <summary>Asks for the key that would sign registry tokens.</summary>
    public async Task<GetTokenAuthorityResponse> GetTokenAuthorityAsync(string host, CancellationToken cancellationToken) =>
        await new Auth.AuthClient(_invoker).GetTokenAuthorityAsync(
            new GetTokenAuthorityRequest { Host = host }, cancellationToken: cancellationToken);

    /// <summary>Begins to pull a directory.</summary>
    public DirectoryPull Pull(DirectoryRequest request, CancellationToken cancellationToken) =>
        new(new FileSync.FileSyncClient(_invoker).DiffCopy(request.ToHeaders(), cancellationToken: cancellationToken));

    /// <summary>Begins to push a file, as the tar exporters do.</summary>
    public AsyncDuplexStreamingCall<BytesMessage, BytesMessage> PushFile(CancellationToken cancellationToken) =>
        new FileSend.FileSendClient(_invoker).DiffCopy(cancellationToken: cancellationToken);

    /// <summary>Begins to push a folder, as the local exporter does: fsutil packets on the same method.</summary>
    public AsyncDuplexStreamingCall<Packet, Packet> PushFolder(CancellationToken cancellationToken) =>
        _invoker.AsyncDuplexStreamingCall(
            Method(MethodType.DuplexStreaming, "moby.filesync.v1.FileSend", "DiffCopy", Packet.Parser),
            host: null,
            new CallOptions(cancellationToken: cancellationToken));

    /// <summary>Calls a method the client may never have heard of.</summary>
    public async Task CallAsync(string service, string method, CancellationToken cancellationToken) =>
        await _invoker.AsyncUnaryCall(
            Method(MethodType.Unary, service, method, BytesMessage.Parser),
            host: null,
            new CallOptions(cancellationToken: cancellationToken),
            new BytesMessage());

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets calls through and asks for a sign of life at once, as BuildKit does.</summary>
    internal async Task OpenAsync()
    {
        _opened.TrySetResult();
        try
        {
            await CheckHealthAsync(CancellationToken.None);
        }
        catch (RpcException)
        {
            // The client was faster to leave.
        }
    }

    private static Method<T, T> Method<T>(MethodType type, string service, string method, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var marshaller = Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
        return new Method<T, T>(type, service, method, marshaller, marshaller);
    }
}
