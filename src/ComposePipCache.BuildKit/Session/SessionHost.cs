using ComposePipCache.BuildKit.Connection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ComposePipCache.BuildKit.Session;

/// <summary>
/// The HTTP/2 server behind all sessions of this process. It listens nowhere: streams are handed to it.
/// </summary>
public sealed class SessionHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConnectionFeed _feed;

    private SessionHost(WebApplication application, ConnectionFeed feed)
    {
        _application = application;
        _feed = feed;
    }

    /// <summary>Starts the server. What goes wrong inside it is logged to <paramref name="loggers"/>.</summary>
    public static async Task<SessionHost> StartAsync(ILoggerProvider? loggers, CancellationToken cancellationToken)
    {
        var feed = new ConnectionFeed();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, feed));
        builder.Services.AddSingleton<IConnectionListenerFactory>(feed);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = BuildKitConnection.MaximumMessageLength;
            grpc.MaxSendMessageSize = BuildKitConnection.MaximumMessageLength;
        });
        if (loggers is not null)
        {
            builder.Logging.AddProvider(loggers);
        }

        var application = builder.Build();
        application.MapGrpcService<HealthService>();
        application.MapGrpcService<FileSyncService>();
        application.MapGrpcService<FileSendService>();
        application.MapGrpcService<SecretsService>();
        application.MapGrpcService<AuthService>();
        await application.StartAsync(cancellationToken);
        return new SessionHost(application, feed);
    }

    /// <summary>Opens a session: the daemon can call until the returned lease is disposed.</summary>
    public async Task<SessionLease> AttachAsync(
        BuildSession session,
        BuildKitConnection connection,
        CancellationToken cancellationToken)
    {
        var stream = await connection.HijackAsync("/session", Headers(session), cancellationToken);
        var context = new SessionConnection(session, stream);
        await _feed.AddAsync(context, cancellationToken);
        return new SessionLease(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(grace.Token);
        await _application.DisposeAsync();
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(BuildSession session)
    {
        yield return new("X-Docker-Expose-Session-Uuid", session.Id);
        yield return new("X-Docker-Expose-Session-Name", "");
        yield return new("X-Docker-Expose-Session-Sharedkey", session.SharedKey);
        foreach (var method in session.Methods())
        {
            yield return new("X-Docker-Expose-Session-Grpc-Method", method);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, ConnectionFeed feed)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        // Not infinite: added to a clock, that overflows, and Kestrel closes the connection at its next tick.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        // Each line of a .dockerignore arrives as a header of its own.
        kestrel.Limits.MaxRequestHeaderCount = 100_000;
        kestrel.Limits.MaxRequestHeadersTotalSize = BuildKitConnection.MaximumMessageLength;
        kestrel.Limits.MaxRequestBufferSize = BuildKitConnection.MaximumMessageLength;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        kestrel.Listen(feed.EndPoint, options => options.Protocols = HttpProtocols.Http2);
    }
}
