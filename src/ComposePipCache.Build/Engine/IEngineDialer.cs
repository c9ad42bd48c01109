namespace ComposePipCache.Build.Engine;

/// <summary>Opens byte streams to one engine; each call opens a new one, calls may overlap.</summary>
public interface IEngineDialer : IDisposable
{
    EngineEndpoint Endpoint { get; }

    /// <summary>A connected stream that the caller disposes; over TLS the handshake is done.</summary>
    /// <exception cref="EngineUnreachableException">The engine cannot be reached.</exception>
    Task<Stream> DialAsync(CancellationToken cancellationToken);
}
