using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.Bed;
using ComposePipCache.Protocol.Gateways;
using Xunit;

namespace ComposePipCache.EngineTests.Client;

/// <summary>A connection and a session to a real engine, as a user of the library opens them.</summary>
internal sealed class ClientSession : IAsyncDisposable
{
    private readonly SessionHost _host;
    private readonly SessionLease _lease;

    private ClientSession(BuildKitConnection connection, SessionHost host, SessionLease lease, BuildSession session)
    {
        Connection = connection;
        _host = host;
        _lease = lease;
        Session = session;
    }

    public BuildKitConnection Connection { get; }

    public BuildSession Session { get; }

    public static async Task<ClientSession> OpenAsync(Engine engine, BuildSession? session = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        session ??= new BuildSession();
        var connection = new BuildKitConnection(engine.Dial());
        var host = await SessionHost.StartAsync(loggers: null, cancellationToken);
        return new ClientSession(connection, host, await host.AttachAsync(session, connection, cancellationToken), session);
    }

    /// <summary>Runs a build of this session; what the frontend returns goes nowhere unless the request says so.</summary>
    public Task<IReadOnlyDictionary<string, string>> BuildAsync(
        Func<GatewayClient, CancellationToken, Task<Result>> frontend,
        BuildRequest? request = null) => new GatewayBuild(Connection).RunAsync(
            (request ?? new BuildRequest { Ref = "", SessionId = "" }) with
            {
                Ref = Guid.NewGuid().ToString("N"),
                SessionId = Session.Id,
            },
            frontend,
            TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _lease.DisposeAsync();
        await _host.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
