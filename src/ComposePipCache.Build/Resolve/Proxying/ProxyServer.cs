using ComposePipCache.Build.Resolve.Relaying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>An HTTP proxy for the clients of a relay, who see a port of their own 127.0.0.1.</summary>
internal sealed class ProxyServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ThrowawayAuthority _authority;

    private ProxyServer(WebApplication application, ThrowawayAuthority authority, ProxyKey key)
    {
        _application = application;
        _authority = authority;
        Key = key;
    }

    /// <summary>What clients have to show.</summary>
    public ProxyKey Key { get; }

    /// <summary>The authority that clients have to trust.</summary>
    public string AuthorityPem => _authority.Pem;

    /// <param name="relay">Whose clients are served.</param>
    /// <param name="answer">Given the whole URL that a client asks for.</param>
    /// <param name="time">For certificates.</param>
    /// <param name="loggers">Told what goes wrong inside the server.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    public static async Task<ProxyServer> StartAsync(
        Relay relay,
        Func<HttpContext, Uri, Task> answer,
        TimeProvider time,
        ILoggerProvider? loggers,
        CancellationToken cancellationToken)
    {
        var authority = new ThrowawayAuthority(time);
        var key = new ProxyKey();
        var listener = new RelayListener(relay);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, listener, authority, key));
        builder.Services.AddSingleton<IConnectionListenerFactory>(listener);
        if (loggers is not null)
        {
            builder.Logging.AddProvider(loggers);
        }

        var application = builder.Build();
        application.Run(context => ProxyRequest.UrlOf(context) is not { } url
            ? Refuse(context, StatusCodes.Status400BadRequest)
            : ProxyRequest.IsAllowed(context, key)
                ? answer(context, url)
                : Refuse(context, StatusCodes.Status407ProxyAuthenticationRequired));
        await application.StartAsync(cancellationToken);
        return new ProxyServer(application, authority, key);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Who still asks has been killed, or will be.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _authority.Dispose();
    }

    private static void Configure(
        KestrelServerOptions kestrel, RelayListener listener, ThrowawayAuthority authority, ProxyKey key)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowHostHeaderOverride = true;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        // Not infinite: added to a clock, that overflows, and Kestrel closes the connection at its next tick.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        kestrel.Listen(listener.EndPoint, options =>
        {
            options.Protocols = HttpProtocols.Http1;
            options.Use(next => new TunnelMiddleware(authority, key, next).RunAsync);
        });
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ProxyAuthenticate = ProxyKey.Challenge;
        return Task.CompletedTask;
    }
}
