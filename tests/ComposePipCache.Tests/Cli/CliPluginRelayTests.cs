using System.Net.Sockets;
using ComposePipCache.Build;
using ComposePipCache.Cli.Plugin;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

/// <summary>Docker's way to tell a plugin to end, handed on to the plugin that we start.</summary>
public sealed class CliPluginRelayTests : IDisposable
{
    private const int Deadline = 60_000;

    private readonly Socket _docker = NewSocket();
    private readonly EnvironmentSnapshot _environment;

    public CliPluginRelayTests()
    {
        var name = $"docker_cli_{Guid.NewGuid():N}";
        _docker.Bind(new UnixDomainSocketEndPoint($"\0{name}"));
        _docker.Listen();
        _environment = new EnvironmentSnapshot([new(CliPluginSocket.Variable, $"@{name}")], "/");
    }

    public void Dispose() => _docker.Dispose();

    [Fact(Timeout = Deadline)]
    public async Task What_connected_before_docker_closes_sees_the_end()
    {
        await using var relay = CliPluginRelay.Open(_environment);
        using var toRelay = await _docker.AcceptAsync(TestContext.Current.CancellationToken);
        relay.IsUnseen.ShouldBeTrue();
        using var plugin = await ConnectAsync(relay);

        toRelay.Close();

        (await plugin.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
        relay.Closed.IsCancellationRequested.ShouldBeTrue();
        relay.IsUnseen.ShouldBeFalse();
    }

    [Fact(Timeout = Deadline)]
    public async Task What_connects_after_docker_has_closed_sees_it_too()
    {
        await using var relay = CliPluginRelay.Open(_environment);
        (await _docker.AcceptAsync(TestContext.Current.CancellationToken)).Close();
        await ClosedAsync(relay, TestContext.Current.CancellationToken);

        using var plugin = await ConnectAsync(relay);

        (await plugin.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_docker_that_is_gone_has_closed()
    {
        _docker.Dispose();

        await using var relay = CliPluginRelay.Open(_environment);

        await ClosedAsync(relay, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_we_are_asked_is_handed_on_as_what_docker_says()
    {
        await using var relay = CliPluginRelay.Open(_environment);
        using var early = await ConnectAsync(relay);

        relay.TryClose().ShouldBeTrue();

        using var late = await ConnectAsync(relay);
        (await early.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
        (await late.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task Without_docker_the_environment_stays_as_it_is()
    {
        var bare = new EnvironmentSnapshot([new("A", "b")], "/");

        await using var relay = CliPluginRelay.Open(bare);

        relay.Hand(bare).ShouldBeSameAs(bare);
        relay.IsUnseen.ShouldBeFalse();
        relay.Closed.IsCancellationRequested.ShouldBeFalse();
        relay.TryClose().ShouldBeFalse();
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task<Socket> ConnectAsync(CliPluginRelay relay)
    {
        var address = relay.Hand(_environment)[CliPluginSocket.Variable]!;
        var socket = NewSocket();
        await socket.ConnectAsync(
            new UnixDomainSocketEndPoint($"\0{address[1..]}"), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task ClosedAsync(CliPluginRelay relay, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = relay.Closed.Register(closed.SetResult);
        await closed.Task.WaitAsync(cancellationToken);
    }
}
