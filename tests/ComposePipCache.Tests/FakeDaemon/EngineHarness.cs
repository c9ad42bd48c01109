using System.Security.Cryptography;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.FakeDaemon;
using ComposePipCache.Protocol.Controls;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using GatewayResult = ComposePipCache.Protocol.Gateways.Result;
using GatewaySolve = ComposePipCache.Protocol.Gateways.SolveRequest;

namespace ComposePipCache.Tests.FakeDaemon;

/// <summary>A fake engine, a connection to it and a session host; at its end nothing may be left open or logged.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    /// <summary>Only to end a test that would hang; no assertion depends on it.</summary>
    public const int SafetyNet = 60_000;

    private readonly ErrorLog _log;

    private EngineHarness(FakeEngine engine, SessionHost host, ErrorLog log, ConnectionTimeouts timeouts)
    {
        Token = TestContext.Current.CancellationToken;
        Engine = engine;
        Connection = new BuildKitConnection(engine.DialAsync, timeouts, Time);
        Host = host;
        _log = log;
    }

    /// <summary>Fires when the safety net does.</summary>
    public CancellationToken Token { get; }

    /// <summary>Does not wait long for what an engine that fails leaves open.</summary>
    public static ConnectionTimeouts Brisk { get; } = new() { Farewell = TimeSpan.FromMilliseconds(100) };

    /// <summary>Notices soon that a connection is silent; .NET counts that in real seconds.</summary>
    public static ConnectionTimeouts Pinging { get; } = Brisk with
    {
        PingDelay = TimeSpan.FromSeconds(1),
        PingTimeout = TimeSpan.FromSeconds(1),
    };

    /// <summary>The clock of the deadlines; it stands still until a test moves it.</summary>
    public FakeTimeProvider Time { get; } = new();

    public FakeEngine Engine { get; }

    public BuildKitConnection Connection { get; }

    public SessionHost Host { get; }

    public static async Task<EngineHarness> StartAsync(
        CancellationToken cancellationToken,
        ConnectionTimeouts? timeouts = null)
    {
        var engine = await FakeEngine.StartAsync(cancellationToken);
        var log = new ErrorLog();
        var host = await SessionHost.StartAsync(log, cancellationToken);
        return new EngineHarness(engine, host, log, timeouts ?? Brisk);
    }

    public static BuildRequest Request(BuildSession session) => new()
    {
        Ref = RandomNumberGenerator.GetHexString(24, lowercase: true),
        SessionId = session.Id,
        Exporter = new Exporter { Type = "moby", Attrs = { ["name"] = "docker.io/library/tiny:latest" } },
    };

    /// <summary>Runs a build with a session of its own.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BuildAsync(
        Func<GatewayClient, CancellationToken, Task<GatewayResult>> frontend,
        CancellationToken? cancellationToken = null)
    {
        var session = new BuildSession();
        await using var lease = await Host.AttachAsync(session, Connection, Token);
        return await new GatewayBuild(Connection).RunAsync(Request(session), frontend, cancellationToken ?? Token);
    }

    /// <summary>Runs a build whose frontend asks for the engine's own result.</summary>
    public Task<IReadOnlyDictionary<string, string>> BuildAsync() => BuildAsync(async (gateway, token) =>
    {
        await gateway.PingAsync(token);
        return await gateway.SolveAsync(new GatewaySolve { Frontend = "dockerfile.v0" }, token);
    });

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Host.DisposeAsync();
        await Engine.WhenIdleAsync();
        await Engine.DisposeAsync();
        _log.Errors.ShouldBeEmpty();
    }
}
