using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ComposePipCache.Build.Engine;

namespace ComposePipCache.Tests.Build.Engine;

/// <summary>Takes connections on a real socket and sends back what it gets, behind TLS if told so.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, CancellationToken, Task> _serve;
    private readonly Task _accepting;

    private TestEngine(Socket listener, EndPoint endPoint, Func<Stream, CancellationToken, Task> serve)
    {
        _listener = listener;
        _serve = serve;
        _listener.Bind(endPoint);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public EngineEndpoint TcpEndpoint(TlsMaterial? tls = null) =>
        EngineEndpoint.At($"tcp://127.0.0.1:{Port}") with { Tls = tls };

    public static TestEngine OnUnixSocket(string path, Func<Stream, CancellationToken, Task>? serve = null) => new(
        new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
        new UnixDomainSocketEndPoint(path),
        serve ?? EchoAsync);

    public static TestEngine OnTcp(Func<Stream, CancellationToken, Task>? serve = null) => new(
        new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
        new IPEndPoint(IPAddress.Loopback, 0),
        serve ?? EchoAsync);

    public static TestEngine OnTls(
        X509Certificate2 certificate, string? clientAuthority = null, SslProtocols protocols = SslProtocols.None) =>
        OnTcp(async (stream, cancellationToken) =>
        {
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    EnabledSslProtocols = protocols,
                    ClientCertificateRequired = clientAuthority is not null,
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        clientAuthority is null || (shown is not null && IsSignedBy(clientAuthority, shown)),
                },
                cancellationToken);
            await EchoAsync(secure, cancellationToken);
        });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private static bool IsSignedBy(string authorityPem, X509Certificate shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authorityPem);
        return chain.Build((X509Certificate2)shown);
    }

    private static async Task EchoAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            await _serve(stream, _stop.Token);
        }
        catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException)
        {
            // What the client makes of it is what the tests look at.
        }
    }
}
