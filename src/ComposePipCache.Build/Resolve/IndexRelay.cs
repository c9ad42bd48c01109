using ComposePipCache.Build.Resolve.Origins;
using ComposePipCache.Build.Resolve.Proxying;
using ComposePipCache.Build.Resolve.Relaying;
using ComposePipCache.Build.Resolve.Serving;
using Microsoft.Extensions.Logging;

namespace ComposePipCache.Build.Resolve;

/// <summary>Runs pip in a container so that whatever it reads from an index comes through this process.</summary>
public sealed class IndexRelay : IAsyncDisposable
{
    private readonly ProxyServer _server;

    private IndexRelay(Relay relay, IndexServing serving, ProxyServer server)
    {
        Relay = relay;
        Serving = serving;
        _server = server;
    }

    /// <summary>The connection with the container, for commands that are no pip.</summary>
    public Relay Relay { get; }

    /// <summary>What clients that are no pip have to show to the proxy on the relay's port.</summary>
    internal ProxyKey Key => _server.Key;

    /// <summary>What pip was given, what it could not be given, and reading ahead of it.</summary>
    public IndexServing Serving { get; }

    /// <summary>Begins on the streams of a script that was just started.</summary>
    /// <exception cref="RelayEndedException">The script did not begin.</exception>
    public static async Task<IndexRelay> StartAsync(
        Stream fromScript,
        Stream toScript,
        ServingOptions serving,
        OriginOptions origins,
        ILoggerProvider? loggers,
        CancellationToken cancellationToken)
    {
        var relay = await Relay.StartAsync(fromScript, toScript, cancellationToken);
        var routes = new OriginRoutes(relay, origins, serving.Time);
        var index = new IndexServing(serving, OriginClient.Create(routes, origins));
        try
        {
            var server = await ProxyServer.StartAsync(
                relay, index.AnswerAsync, serving.Time, loggers, cancellationToken);
            return new IndexRelay(relay, index, server);
        }
        catch
        {
            await index.DisposeAsync();
            await relay.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs pip to its end and returns its exit code.</summary>
    /// <inheritdoc cref="Relay.RunAsync"/>
    public Task<int> RunPipAsync(RelayCommand command, CancellationToken cancellationToken) =>
        Relay.RunAsync(PipProxy.Use(command, Relay, _server), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await Serving.DisposeAsync();
        await _server.DisposeAsync();
    }
}
