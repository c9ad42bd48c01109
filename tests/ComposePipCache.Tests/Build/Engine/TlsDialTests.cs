using System.Security.Authentication;
using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class TlsDialTests : IDisposable
{
    private readonly TestCertificates _ours = new();
    private readonly TestCertificates _others = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ours.Dispose();
        _others.Dispose();
    }

    private TlsMaterial Material() => new() { Source = "the test", CaPem = _ours.AuthorityPem };

    private static TlsMaterial WithClient(TlsMaterial material, TestCertificates signer)
    {
        var (certificate, key) = signer.Client();
        return material with { CertificatePem = certificate, KeyPem = key };
    }

    private static EngineDialer Dialer(EngineEndpoint endpoint) =>
        EngineDialer.Create(endpoint, new EnvironmentSnapshot([], "/"), TimeProvider.System);

    private static async Task<string> EchoedAsync(EngineEndpoint endpoint)
    {
        using var dialer = Dialer(endpoint);
        await using var stream = await dialer.DialAsync(Cancelled);
        await stream.WriteAsync("hello"u8.ToArray(), Cancelled);
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer, Cancelled);
        return Encoding.ASCII.GetString(answer);
    }

    private static async Task<ErrorText> FailureAsync(EngineEndpoint endpoint)
    {
        var error = await Should.ThrowAsync<Exception>(() => EchoedAsync(endpoint));
        return EngineUnreachableException.Find(error).ShouldNotBeNull(error.ToString()).Text;
    }

    [Fact]
    public async Task A_server_signed_by_the_given_authority_is_trusted()
    {
        using var certificate = _ours.Server();
        await using var engine = TestEngine.OnTls(certificate);

        (await EchoedAsync(engine.TcpEndpoint(Material()))).ShouldBe("hello");
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        using var certificate = _ours.Server();
        await using var engine = TestEngine.OnTls(certificate, clientAuthority: _ours.AuthorityPem);

        (await EchoedAsync(engine.TcpEndpoint(WithClient(Material(), _ours)))).ShouldBe("hello");
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted()
    {
        using var certificate = _others.Server();
        await using var engine = TestEngine.OnTls(certificate);

        var text = await FailureAsync(engine.TcpEndpoint(Material()));

        text.Why.ShouldNotBeNull().ShouldStartWith("its certificate is not trusted");
        text.Hint.ShouldNotBeNull().ShouldContain("ca.pem of the test");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_trusted()
    {
        using var certificate = _ours.Server("elsewhere.example");
        await using var engine = TestEngine.OnTls(certificate);

        (await FailureAsync(engine.TcpEndpoint(Material()))).Why
            .ShouldBe("its certificate is not trusted: it is not made for 127.0.0.1");
    }

    [Fact]
    public async Task The_systems_authorities_do_not_know_ours()
    {
        using var certificate = _ours.Server();
        await using var engine = TestEngine.OnTls(certificate);

        (await FailureAsync(engine.TcpEndpoint(Material() with { CaPem = null }))).Why
            .ShouldNotBeNull().ShouldStartWith("its certificate is not trusted");
    }

    [Fact]
    public async Task Skipped_verification_takes_any_server_and_still_shows_the_client_certificate()
    {
        using var certificate = _others.Server("elsewhere.example");
        await using var engine = TestEngine.OnTls(certificate, clientAuthority: _ours.AuthorityPem);
        var material = WithClient(Material() with { IsVerificationSkipped = true }, _ours);

        (await EchoedAsync(engine.TcpEndpoint(material))).ShouldBe("hello");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_missing_client_certificate_is_explained(SslProtocols protocols)
    {
        using var certificate = _ours.Server();
        await using var engine = TestEngine.OnTls(certificate, _ours.AuthorityPem, protocols);

        var text = await FailureAsync(engine.TcpEndpoint(Material()));

        text.Code.ShouldBe("engine-unreachable");
        text.Hint.ShouldNotBeNull().ShouldContain("client certificate");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_certificate_of_another_authority_is_explained(SslProtocols protocols)
    {
        using var certificate = _ours.Server();
        await using var engine = TestEngine.OnTls(certificate, _ours.AuthorityPem, protocols);

        (await FailureAsync(engine.TcpEndpoint(WithClient(Material(), _others)))).Hint
            .ShouldNotBeNull().ShouldContain("client certificate");
    }

    [Fact]
    public async Task A_server_that_does_not_speak_tls_is_told()
    {
        await using var engine = TestEngine.OnTcp(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), token);
            await stream.ReadExactlyAsync(new byte[4096], token);
        });

        var text = await FailureAsync(engine.TcpEndpoint(Material()));

        text.Why.ShouldNotBeNull().ShouldStartWith("the TLS handshake failed");
        text.Hint.ShouldNotBeNull().ShouldContain("speaks TLS");
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_handshake_is_told()
    {
        await using var engine = TestEngine.OnTcp((_, _) => Task.CompletedTask);

        (await FailureAsync(engine.TcpEndpoint(Material()))).Why
            .ShouldNotBeNull().ShouldStartWith("the TLS handshake failed");
    }

    [Theory]
    [InlineData("nonsense", null, null, "ca.pem holds no certificate")]
    [InlineData(null, "nonsense", "nonsense", "cert.pem holds no certificate")]
    [InlineData(null, "own", "nonsense", "cert.pem and key.pem")]
    [InlineData(null, "own", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "encrypted")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", null, null, "ca.pem")]
    public void Unusable_files_are_named(string? authority, string? certificate, string? key, string why)
    {
        var material = new TlsMaterial
        {
            Source = "context far",
            CaPem = authority,
            CertificatePem = certificate == "own" ? _ours.Client().Certificate : certificate,
            KeyPem = key,
        };

        var error = Should.Throw<PipCacheException>(
            () => Dialer(EngineEndpoint.At("tcp://h:1") with { Tls = material }));

        error.Text.What.ShouldBe("the TLS files of context far cannot be used");
        error.Text.Why.ShouldNotBeNull().ShouldContain(why);
    }
}
