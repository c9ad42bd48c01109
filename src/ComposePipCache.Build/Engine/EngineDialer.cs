namespace ComposePipCache.Build.Engine;

/// <summary>Chooses how to reach an engine and limits how long that may take.</summary>
public sealed class EngineDialer : IEngineDialer
{
    /// <summary>As long as docker's own client waits.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly IEngineDialer _transport;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;

    internal EngineDialer(IEngineDialer transport, TimeProvider timeProvider, TimeSpan timeout)
    {
        _transport = transport;
        _timeProvider = timeProvider;
        _timeout = timeout;
    }

    public EngineEndpoint Endpoint => _transport.Endpoint;

    /// <exception cref="PipCacheException">The TLS material of the endpoint is not usable.</exception>
    public static EngineDialer Create(
        EngineEndpoint endpoint, EnvironmentSnapshot environment, TimeProvider timeProvider)
    {
        IEngineDialer transport = endpoint.Address.Transport switch
        {
            EngineTransport.UnixSocket => new UnixSocketDialer(endpoint),
            EngineTransport.NamedPipe => new NamedPipeDialer(endpoint),
            EngineTransport.Ssh => new SshDialer(endpoint, environment),
            _ => new TcpDialer(endpoint),
        };
        return new EngineDialer(transport, timeProvider, DefaultTimeout);
    }

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await _transport.DialAsync(either.Token);
        }
        catch (OperationCanceledException error) when (
            deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EngineUnreachableException(DialErrors.TimedOut(Endpoint, _timeout), error);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    public void Dispose() => _transport.Dispose();
}
