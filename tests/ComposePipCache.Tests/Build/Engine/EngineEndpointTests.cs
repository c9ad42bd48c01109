using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public class EngineEndpointTests
{
    [Theory]
    [InlineData("unix:///run/d.sock", "unix:///run/d.sock", EngineTransport.UnixSocket, "/run/d.sock", 0)]
    [InlineData("unix://", "unix:///var/run/docker.sock", EngineTransport.UnixSocket, "/var/run/docker.sock", 0)]
    [InlineData(" unix:///a b ", "unix:///a b", EngineTransport.UnixSocket, "/a b", 0)]
    [InlineData("npipe://", "npipe:////./pipe/docker_engine", EngineTransport.NamedPipe, "//./pipe/docker_engine", 0)]
    [InlineData("tcp://", "tcp://localhost:2375", EngineTransport.Tcp, "localhost", 2375)]
    [InlineData("tcp://:99", "tcp://localhost:99", EngineTransport.Tcp, "localhost", 99)]
    [InlineData("tcp://box", "tcp://box:2375", EngineTransport.Tcp, "box", 2375)]
    [InlineData("box:2376", "tcp://box:2376", EngineTransport.Tcp, "box", 2376)]
    [InlineData("tcp://[::1]:2376", "tcp://[::1]:2376", EngineTransport.Tcp, "::1", 2376)]
    [InlineData("tcp://127.0.0.1:1/base", "tcp://127.0.0.1:1/base", EngineTransport.Tcp, "127.0.0.1", 1)]
    [InlineData("ssh://box", "ssh://box", EngineTransport.Ssh, "box", 0)]
    [InlineData("ssh://me@box:22", "ssh://me@box:22", EngineTransport.Ssh, "box", 22)]
    public void A_host_string_is_taken_apart(
        string text, string normal, EngineTransport transport, string name, int port)
    {
        var address = EngineAddress.Parse(text);

        address.Text.ShouldBe(normal);
        address.Transport.ShouldBe(transport);
        address.Name.ShouldBe(name);
        address.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("http://box")]
    [InlineData("fd://")]
    [InlineData("tcp://unix:///x")]
    [InlineData("unix://tcp://x")]
    [InlineData("tcp://a b")]
    [InlineData("tcp://box:99999")]
    [InlineData("tcp://box?x=1")]
    [InlineData("ssh://")]
    [InlineData("ssh://box?x=1")]
    [InlineData("ssh://box#x")]
    [InlineData("ssh://-oProxyCommand=evil@box")]
    [InlineData("ssh://%2DoProxyCommand=evil@box")]
    public void A_host_string_that_makes_no_sense_is_a_typed_error(string text) =>
        Should.Throw<PipCacheException>(() => EngineAddress.Parse(text)).Text.Code.ShouldBe("docker-host-invalid");

    [Theory]
    [InlineData("tcp://me:hush@box")]
    [InlineData("ssh://me:hush@box")]
    public void A_password_in_a_host_string_is_refused_and_not_repeated(string text)
    {
        var error = Should.Throw<PipCacheException>(() => EngineAddress.Parse(text));

        $"{error} {error.Text}".ShouldNotContain("hush");
    }

    [Fact]
    public void Parsing_the_normal_form_again_changes_nothing() =>
        Gen.OneOf(
                Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 9], Gen.Int[1, 65535], (h, p) => $"tcp://h{h}:{p}"),
                Gen.String[Gen.Char["abc/._-"], 1, 9].Select(path => $"unix:///{path}"),
                Gen.Select(Gen.Char['a', 'z'], Gen.Int[1, 65535], (u, p) => $"ssh://{u}@box:{p}/run/x.sock"))
            .Sample(text => EngineAddress.Parse(text) == EngineAddress.Parse(EngineAddress.Parse(text).Text));

    [Fact]
    public void The_first_of_the_six_ways_to_choose_an_engine_wins()
    {
        using var home = new DockerHome();
        home.WithContext("flag", """{"docker":{"Host":"unix:///flag"}}""")
            .WithContext("variable", """{"docker":{"Host":"unix:///variable"}}""")
            .WithContext("current", """{"docker":{"Host":"unix:///current"}}""");

        home.Resolve().ShouldBe(new EngineEndpoint("default", EngineAddress.Local));
        home.WithConfig("""{"currentContext":"current"}""").Resolve().Host.ShouldBe("unix:///current");
        home.Set("DOCKER_CONTEXT", "variable").Resolve().Host.ShouldBe("unix:///variable");
        home.Set("DOCKER_HOST", "unix:///host-variable").Resolve().Host.ShouldBe("unix:///host-variable");
        home.Resolve(new() { Host = "unix:///host-flag" }).Host.ShouldBe("unix:///host-flag");
        var chosen = home.Resolve(new() { Context = "flag" });
        chosen.Host.ShouldBe("unix:///flag");
        chosen.ContextName.ShouldBe("flag");
    }

    [Fact]
    public void The_default_context_by_name_is_the_local_engine_and_needs_no_file()
    {
        using var home = new DockerHome();
        home.WithConfig("""{"currentContext":"default"}""").Set("DOCKER_CONTEXT", "default");

        home.Resolve().Address.ShouldBe(EngineAddress.Local);
        home.Resolve(new() { Context = "default" }).Address.ShouldBe(EngineAddress.Local);
    }

    [Fact]
    public void Context_and_host_together_are_a_conflict()
    {
        using var home = new DockerHome();

        Should.Throw<PipCacheException>(() => home.Resolve(new() { Context = "a", Host = "unix:///b" }))
            .Message.ShouldBe("conflicting options: cannot specify both --host and --context");
    }

    [Fact]
    public void What_compose_hands_to_its_builder_is_host_and_certificates_and_the_context_is_only_a_name()
    {
        using var home = new DockerHome();
        home.Write("certs/ca.pem", "CA");
        home.Write("certs/cert.pem", "");
        home.Write("certs/key.pem", "");
        home.Set("DOCKER_CONTEXT", "far").Set("DOCKER_HOST", "tcp://far:2376").Set("DOCKER_CERT_PATH", home.At("certs"))
            .Set("DOCKER_TLS", "1").Set("DOCKER_TLS_VERIFY", "1");

        var endpoint = home.Resolve();

        endpoint.Host.ShouldBe("tcp://far:2376");
        var tls = endpoint.Tls.ShouldNotBeNull();
        tls.CaPem.ShouldBe("CA");
        tls.CertificatePem.ShouldBeNull();
        tls.KeyPem.ShouldBeNull();
        tls.IsVerificationSkipped.ShouldBeFalse();
    }

    public static TheoryData<string?, string?, bool?, bool?, bool?> TlsSwitches => new()
    {
        // DOCKER_TLS, DOCKER_TLS_VERIFY, --tls, --tlsverify, expected: is verification skipped, null for no TLS
        { null, null, null, null, null },
        { "1", null, null, null, true },
        { null, "1", null, null, false },
        { "1", "1", null, null, false },
        { null, null, true, null, true },
        { "1", null, false, null, null },
        { null, null, null, true, false },
        { null, null, null, false, true },
        { null, "1", null, false, true },
        { null, "1", false, null, false },
        { "", "", null, null, null },
    };

    [Theory]
    [MemberData(nameof(TlsSwitches))]
    public void Tls_switches_combine_as_in_docker(
        string? tlsVariable, string? verifyVariable, bool? tls, bool? tlsVerify, bool? isSkipped)
    {
        using var home = new DockerHome();
        home.Write(".docker/ca.pem", "CA");
        home.Set("DOCKER_HOST", "tcp://box").Set("DOCKER_TLS", tlsVariable ?? "")
            .Set("DOCKER_TLS_VERIFY", verifyVariable ?? "");

        var material = home.Resolve(new() { Tls = tls, TlsVerify = tlsVerify }).Tls;

        (material?.IsVerificationSkipped).ShouldBe(isSkipped);
    }

    [Fact]
    public void Tls_without_a_host_means_the_tls_port_of_this_machine_and_a_socket_never_has_tls()
    {
        using var home = new DockerHome();
        home.Write(".docker/ca.pem", "CA");
        home.Set("DOCKER_TLS_VERIFY", "1");

        home.Resolve().Host.ShouldBe("tcp://localhost:2376");
        home.Resolve(new() { Host = "unix:///x" }).Tls.ShouldBeNull();
    }

    [Fact]
    public void A_missing_authority_file_is_named()
    {
        using var home = new DockerHome();
        home.Set("DOCKER_HOST", "tcp://box").Set("DOCKER_TLS_VERIFY", "1").Set("DOCKER_CERT_PATH", "certs");

        var error = Should.Throw<PipCacheException>(() => home.Resolve());

        error.Text.What.ShouldBe($"cannot read the TLS file {home.At("certs", "ca.pem")}");
        error.Text.Why.ShouldBe("it does not exist");
    }

    [Fact]
    public void Tls_material_of_a_context_is_read_and_hidden()
    {
        using var home = new DockerHome();
        home.WithContext(
            "far",
            """{"docker":{"Host":"tcp://far:2376","SkipTLSVerify":true}}""",
            ("ca.pem", "CA"), ("cert.pem", "CERT"), ("key.pem", "hush"));

        var endpoint = home.Resolve(new() { Context = "far" });

        endpoint.Tls.ShouldBe(new TlsMaterial
        {
            Source = "context far",
            CaPem = "CA",
            CertificatePem = "CERT",
            KeyPem = "hush",
            IsVerificationSkipped = true,
        });
        endpoint.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public void A_context_without_tls_files_has_no_tls()
    {
        using var home = new DockerHome();
        home.WithContext("far", """{"docker":{"Host":"tcp://far:2375","SkipTLSVerify":false}}""");

        home.Resolve(new() { Context = "far" }).Tls.ShouldBeNull();
    }

    [Fact]
    public void An_unknown_context_names_those_that_exist()
    {
        using var home = new DockerHome();
        home.WithContext("b", "{}").WithContext("a", "{}").Write(".docker/contexts/meta/broken/meta.json", "{");

        var error = Should.Throw<PipCacheException>(() => home.Resolve(new() { Context = "c" }));

        error.Text.Code.ShouldBe("docker-context-unknown");
        error.Text.What.ShouldBe("docker context \"c\" does not exist");
        error.Text.Why.ShouldBe("there are default, a, b");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kubernetes":{}}""")]
    [InlineData("""{"docker":{"Host":7}}""")]
    [InlineData("""{"docker":[]}""")]
    [InlineData("[")]
    public void A_context_that_makes_no_sense_is_a_typed_error(string endpoints)
    {
        using var home = new DockerHome();
        home.WithContext("odd", endpoints);

        Should.Throw<PipCacheException>(() => home.Resolve(new() { Context = "odd" }))
            .Text.Code.ShouldBe("docker-context-invalid");
    }
}
