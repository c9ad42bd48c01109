using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace ComposePipCache.Build.Engine;

/// <summary>Makes the Engine API client open its connections through our dialer, whatever the transport.</summary>
internal sealed class EngineHandlerFactory : IDockerHandlerFactory<IEngineDialer>
{
    private static readonly Uri AnyHost = new("http://docker");

    public static DockerClient CreateClient(IEngineDialer dialer, IReadOnlyDictionary<string, string>? headers)
    {
        var address = dialer.Endpoint.Address;
        var endpoint = address.Transport == EngineTransport.Tcp ? new Uri(AnyHost, $"{address.Path}/") : AnyHost;
        var builder = new DockerClientBuilder().WithEndpoint(endpoint).WithTimeout(Timeout.InfiniteTimeSpan);
        if (headers is { Count: > 0 })
        {
            builder = builder.WithHeaders(headers);
        }

        return builder.WithTransportOptions(new EngineHandlerFactory(), dialer).Build();
    }

    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
        throw new NotSupportedException("the dialer is needed");

    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        throw new NotSupportedException("raw streams are dialled, not taken from a request");

    public ResolvedTransport CreateHandler(
        IEngineDialer transportOptions, ResolvedClientOptions clientOptions, ILogger logger)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) => await transportOptions.DialAsync(cancellationToken),
        };
        return new ResolvedTransport(handler, clientOptions.Endpoint);
    }
}
