using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Network;
using ComposePipCache.FakeDaemon.Rpc;
using ComposePipCache.FakeDaemon.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ComposePipCache.FakeDaemon;

/// <summary>An engine on a socket of its own: HTTP/1.1 upgrades, then real HTTP/2 and gRPC in both directions.</summary>
public sealed class FakeEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("engine");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<(string Path, EngineStream Connection, Task Served)> _connections = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _connected = new(StringComparer.Ordinal);
    private readonly ConnectionFeed _feed = new();
    private readonly SessionTable _sessions = new();
    private readonly BuildTable _builds = new();
    private readonly WebApplication _server;
    private Task _accepting = Task.CompletedTask;

    private FakeEngine()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(_feed.EndPoint, options => options.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(_feed);
        builder.Services.AddSingleton(Plan);
        builder.Services.AddSingleton(_builds);
        builder.Services.AddSingleton(_sessions);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
            grpc.EnableDetailedErrors = true;
        });
        _server = builder.Build();
        _server.Use((call, next) => Faults.ServeAsync(call, () => next(call)));
        _server.MapGrpcService<ControlService>();
        _server.MapGrpcService<BridgeService>();
    }

    /// <summary>Where the engine listens.</summary>
    public string SocketPath => Path.Combine(_home.FullName, "engine.sock");

    /// <summary>What builds do.</summary>
    public BuildPlan Plan { get; } = new();

    /// <summary>Calls that go wrong.</summary>
    public CallFaults Faults { get; } = new();

    /// <summary>Upgrades that go wrong, by path.</summary>
    public IDictionary<string, UpgradeFault> UpgradeFaults { get; } =
        new ConcurrentDictionary<string, UpgradeFault>(StringComparer.Ordinal);

    /// <summary>Builds that were begun.</summary>
    public IReadOnlyList<BuildScene> Builds => _builds.Known;

    /// <summary>Sessions that were opened, in that order.</summary>
    public IReadOnlyList<SessionCaller> Sessions => _sessions.All;

    /// <summary>Starts an engine that works.</summary>
    public static async Task<FakeEngine> StartAsync(CancellationToken cancellationToken)
    {
        var engine = new FakeEngine();
        await engine._server.StartAsync(cancellationToken);
        engine._listener.Bind(new UnixDomainSocketEndPoint(engine.SocketPath));
        engine._listener.Listen();
        engine._accepting = engine.AcceptAsync();
        return engine;
    }

    /// <summary>Opens a raw stream to the engine.</summary>
    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The connections that asked for a path, open or not.</summary>
    public IReadOnlyList<EngineStream> ConnectionsTo(string path) =>
        [.. _connections.Where(entry => entry.Path == path).Select(entry => entry.Connection)];

    /// <summary>Done when a path has been asked for once.</summary>
    public Task WhenConnectedAsync(string path, CancellationToken cancellationToken) =>
        Signal(path).Task.WaitAsync(cancellationToken);

    /// <summary>Done when every connection so far is closed: a client that leaks one keeps this waiting.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_connections.Select(entry => entry.Served));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var (_, connection, _) in _connections)
        {
            connection.Break();
        }

        await WhenIdleAsync();
        using (var grace = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await _server.StopAsync(grace.Token);
        }

        await _server.DisposeAsync();
        _stopping.Dispose();
        _home.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        var opening = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stopping.Token);
                opening.Add(OpenAsync(new EngineStream(new NetworkStream(socket, ownsSocket: true))));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(opening);
        }
    }

    /// <summary>Reads the request; what follows it is served in the background.</summary>
    private async Task OpenAsync(EngineStream connection)
    {
        var head = await ReadHeadAsync(connection);
        if (head is null)
        {
            await connection.DisposeAsync();
            return;
        }

        _connections.Enqueue((head.Path, connection, ServeAsync(connection, head)));
        Signal(head.Path).TrySetResult();
    }

    private TaskCompletionSource Signal(string path) =>
        _connected.GetOrAdd(path, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task<UpgradeHead?> ReadHeadAsync(EngineStream connection)
    {
        try
        {
            return await UpgradeHead.ReadAsync(connection, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task ServeAsync(EngineStream connection, UpgradeHead head)
    {
        try
        {
            if (UpgradeFaults.TryGetValue(head.Path, out var fault))
            {
                await fault.ActAsync(connection);
                return;
            }

            switch (head.Path)
            {
                case "/grpc":
                    await ServeCallsAsync(connection);
                    break;
                case "/session":
                    await ServeSessionAsync(connection, head);
                    break;
                default:
                    await UpgradeFault.Refuse("404 Not Found").ActAsync(connection);
                    break;
            }
        }
        catch (IOException)
        {
            // The client went away.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task ServeCallsAsync(EngineStream connection)
    {
        await SwitchAsync(connection);
        await using var served = new StreamConnection(connection);
        await _feed.AddAsync(served, CancellationToken.None);
        await served.Served;
    }

    private async Task ServeSessionAsync(EngineStream connection, UpgradeHead head)
    {
        await using var session = new SessionCaller(connection, head);
        // Known before the client hears of it: its build may come at once.
        _sessions.Add(session);
        await SwitchAsync(connection);
        await session.OpenAsync();
        await connection.Ended;
    }

    private static async Task SwitchAsync(EngineStream connection) => await connection.WriteAsync(
        Encoding.ASCII.GetBytes("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
        CancellationToken.None);
}
