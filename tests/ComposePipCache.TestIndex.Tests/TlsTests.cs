using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ComposePipCache.TestIndex.Tests;

public class TlsTests
{
    [Theory]
    [InlineData(TlsMode.Valid, SslPolicyErrors.None)]
    [InlineData(TlsMode.Expired, SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(TlsMode.WrongHost, SslPolicyErrors.RemoteCertificateNameMismatch)]
    public async Task A_client_that_trusts_the_certificates_finds_only_the_intended_fault(
        TlsMode mode, SslPolicyErrors expected)
    {
        await using var index = HostTls();
        index.Server.TlsMode = mode;
        using var client = Trusting(index.Server.CertificatesPem, expected);

        var page = await client.GetStringAsync(index.Server.TlsUrl + "/simple/alpha/", HostedIndex.Token);

        page.ShouldContain($"href=\"{index.Server.TlsUrl}/packages/");
    }

    [Fact]
    public async Task A_client_that_does_not_trust_it_refuses()
    {
        await using var index = HostTls();

        var error = await Should.ThrowAsync<HttpRequestException>(
            () => index.Client.GetStringAsync(index.Server.TlsUrl + "/simple/alpha/", HostedIndex.Token));

        error.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
    }

    [Fact]
    public async Task A_handshake_can_be_aborted()
    {
        await using var index = HostTls();
        index.Server.TlsMode = TlsMode.Abort;
        using var client = Trusting(index.Server.CertificatesPem);

        await Should.ThrowAsync<HttpRequestException>(
            () => client.GetStringAsync(index.Server.TlsUrl + "/simple/alpha/", HostedIndex.Token));

        index.Server.Snapshot().Total.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_handshake_can_hang()
    {
        await using var index = HostTls();
        index.Server.TlsMode = TlsMode.Stall;
        using var client = await RawClient.ConnectAsync(
            index.Server.TlsUrl!.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        await using var encrypted = new SslStream(client.Stream());

        var handshake = encrypted.AuthenticateAsClientAsync("localhost");
        await index.Server.WaitAsync(now => now.Connections.Count == 1, HostedIndex.Token);
        handshake.IsCompleted.ShouldBeFalse();
        client.Kill();

        await Should.ThrowAsync<Exception>(() => handshake);
        await index.Server.WaitAsync(now => !now.Connections[0].IsOpen, HostedIndex.Token);
    }

    [Fact]
    public async Task A_body_over_TLS_is_cut_as_any_other()
    {
        await using var index = HostTls();
        var path = await index.PathOfAsync(HostedIndex.Big);
        index.Server.AddFault(new FaultRule { Effect = new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 100_000 } });
        using var client = Trusting(index.Server.CertificatesPem);
        using var response = await client.GetAsync(
            index.Server.TlsUrl + path, HttpCompletionOption.ResponseHeadersRead, HostedIndex.Token);
        await using var body = await response.Content.ReadAsStreamAsync(HostedIndex.Token);
        using var received = new MemoryStream();

        await Should.ThrowAsync<IOException>(() => body.CopyToAsync(received, HostedIndex.Token));

        received.ToArray().ShouldBeBytes(HostedIndex.BigBytes[..100_000]);
    }

    private static HostedIndex HostTls() =>
        new(options => options with { ListenTls = new IPEndPoint(IPAddress.Loopback, 0) });

    private static HttpClient Trusting(string pem, SslPolicyErrors expected = SslPolicyErrors.None)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == expected;
        return new HttpClient(handler);
    }
}
