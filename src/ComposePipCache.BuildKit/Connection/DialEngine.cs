namespace ComposePipCache.BuildKit.Connection;

/// <summary>Opens one raw byte stream to the daemon's API socket.</summary>
/// <remarks>
/// Called once for gRPC and once per session; the caller disposes the stream. How long a dial may take is for the
/// delegate to say.
/// </remarks>
public delegate Task<Stream> DialEngine(CancellationToken cancellationToken);
