using System.Net;
using System.Net.Sockets;
using ComposePipCache.Build.Engine;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class EngineDialerTests : IDisposable
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    private readonly DockerHome _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    private EngineDialer Dialer(EngineEndpoint endpoint) =>
        EngineDialer.Create(endpoint, _home.Environment, TimeProvider.System);

    private async Task<string> EchoedAsync(EngineEndpoint endpoint)
    {
        using var dialer = Dialer(endpoint);
        await using var stream = await dialer.DialAsync(Cancelled);
        await stream.WriteAsync(Hello, Cancelled);
        var answer = new byte[Hello.Length];
        await stream.ReadExactlyAsync(answer, Cancelled);
        return System.Text.Encoding.ASCII.GetString(answer);
    }

    private async Task<EngineUnreachableException> FailureAsync(EngineEndpoint endpoint)
    {
        using var dialer = Dialer(endpoint);
        return await Should.ThrowAsync<EngineUnreachableException>(() => dialer.DialAsync(Cancelled));
    }

    [Fact]
    public async Task A_unix_socket_is_reached()
    {
        await using var engine = TestEngine.OnUnixSocket(_home.At("d.sock"));

        (await EchoedAsync(EngineEndpoint.At($"unix://{_home.At("d.sock")}"))).ShouldBe("hello");
    }

    [Fact]
    public async Task An_abstract_socket_is_reached()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "abstract sockets exist on Linux only");
        var name = $"pipcache-test-{Guid.NewGuid():N}";
        await using var engine = TestEngine.OnUnixSocket($"\0{name}");

        (await EchoedAsync(EngineEndpoint.At($"unix://@{name}"))).ShouldBe("hello");
    }

    [Fact]
    public async Task A_tcp_port_is_reached()
    {
        await using var engine = TestEngine.OnTcp();

        (await EchoedAsync(engine.TcpEndpoint())).ShouldBe("hello");
    }

    [Fact]
    public async Task Two_streams_of_one_dialer_are_independent()
    {
        await using var engine = TestEngine.OnUnixSocket(_home.At("d.sock"));
        using var dialer = Dialer(EngineEndpoint.At($"unix://{_home.At("d.sock")}"));
        await using var first = await dialer.DialAsync(Cancelled);
        await using (await dialer.DialAsync(Cancelled))
        {
        }

        await first.WriteAsync(Hello, Cancelled);
        (await first.ReadAsync(new byte[Hello.Length], Cancelled)).ShouldBe(Hello.Length);
    }

    [Fact]
    public async Task A_missing_socket_is_told_in_three_parts()
    {
        var path = _home.At("none.sock");

        var failure = await FailureAsync(EngineEndpoint.At($"unix://{path}"));

        failure.Text.Code.ShouldBe("engine-unreachable");
        failure.Text.What.ShouldBe($"cannot connect to the Docker daemon at unix://{path}");
        failure.Text.Why.ShouldBe("there is no such socket");
        failure.Text.Hint.ShouldNotBeNull().ShouldContain("is the docker daemon running?");
    }

    [Fact]
    public async Task A_failure_of_a_named_context_names_the_context()
    {
        var endpoint = new EngineEndpoint("far", EngineAddress.Parse("unix:///nowhere/d.sock"));

        (await FailureAsync(endpoint)).Message.ShouldEndWith("at unix:///nowhere/d.sock (context \"far\")");
    }

    [Fact]
    public async Task A_socket_nobody_listens_on_is_refused()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(_home.At("d.sock")));

            var failure = await FailureAsync(EngineEndpoint.At($"unix://{_home.At("d.sock")}"));

            failure.Text.Why.ShouldNotBeNull().ShouldStartWith("connection refused");
        }
    }

    [Fact]
    public void A_socket_without_permission_asks_for_the_group()
    {
        // Root may open everything, so the system's answer is given here instead of provoked.
        var denied = new SocketException((int)SocketError.AccessDenied);

        var text = DialErrors.UnixSocket(EngineEndpoint.At("unix:///d.sock"), denied);

        text.Why.ShouldBe("permission denied");
        text.Hint.ShouldNotBeNull().ShouldContain("group");
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_unreachable()
    {
        _home.Write("plain", "text");

        (await FailureAsync(EngineEndpoint.At($"unix://{_home.At("plain")}"))).Text.Why
            .ShouldNotBe("there is no such socket");
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_told() =>
        (await FailureAsync(EngineEndpoint.At($"unix:///{new string('x', 200)}"))).Text.Why
            .ShouldBe("the path is longer than a socket address can be");

    [Fact]
    public async Task A_closed_port_is_refused()
    {
        int port;
        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            // Bound and not listening: nobody else can take the port meanwhile.
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)probe.LocalEndPoint!).Port;

            (await FailureAsync(EngineEndpoint.At($"tcp://127.0.0.1:{port}"))).Text.Why
                .ShouldBe("connection refused: nobody listens on that port");
        }
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_told()
    {
        // The top-level name is reserved never to exist; without a network the answer is the same.
        (await FailureAsync(EngineEndpoint.At("tcp://engine.invalid:1"))).Text.Why
            .ShouldBe("the name engine.invalid cannot be resolved");
    }

    [Fact]
    public async Task A_named_pipe_is_for_windows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "tests what other systems say");

        (await FailureAsync(EngineEndpoint.At("npipe://"))).Text.Why.ShouldBe("named pipes exist on Windows only");
    }

    [Fact]
    public async Task A_dial_that_hangs_ends_at_its_deadline()
    {
        var time = new FakeTimeProvider();
        using var dialer = new EngineDialer(
            new HangingDialer(), time, TimeSpan.FromSeconds(30));
        var dial = dialer.DialAsync(Cancelled);

        time.Advance(TimeSpan.FromSeconds(29));
        dial.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<EngineUnreachableException>(() => dial)).Text.Why.ShouldBe("no answer within 30 s");
    }

    [Fact]
    public async Task A_cancelled_dial_is_cancelled_and_not_unreachable()
    {
        using var dialer = new EngineDialer(new HangingDialer(), new FakeTimeProvider(), TimeSpan.FromSeconds(30));
        using var source = new CancellationTokenSource();
        var dial = dialer.DialAsync(source.Token);

        await source.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => dial)).CancellationToken.ShouldBe(source.Token);
    }

    [Fact]
    public void The_failure_is_found_inside_what_clients_wrap_around_it()
    {
        var failure = new EngineUnreachableException(new("c", "w"));

        EngineUnreachableException.Find(new HttpRequestException("x", new IOException("y", failure)))
            .ShouldBeSameAs(failure);
        EngineUnreachableException.Find(new IOException()).ShouldBeNull();
    }

    private sealed class HangingDialer : IEngineDialer
    {
        public EngineEndpoint Endpoint { get; } = EngineEndpoint.At("tcp://192.0.2.1");

        public async Task<Stream> DialAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Stream.Null;
        }

        public void Dispose()
        {
        }
    }
}
