using System.Diagnostics;
using System.Text;
using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class SshDialTests : IDisposable
{
    private readonly DockerHome _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public SshDialTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script stands in for ssh");
        _home.Set("PATH", $"{_home.Programs}:/usr/bin:/bin");
    }

    public void Dispose() => _home.Dispose();

    private Task<Stream> DialAsync(string host) =>
        EngineDialer.Create(EngineEndpoint.At(host), _home.Environment, TimeProvider.System).DialAsync(Cancelled);

    [Theory]
    [InlineData("ssh://box", "-o ConnectTimeout=30 -T -- box|docker system dial-stdio")]
    [InlineData("ssh://me@box:2222", "-l me -p 2222 -o ConnectTimeout=30 -T -- box|docker system dial-stdio")]
    [InlineData("ssh://box/run/d.sock", "-o ConnectTimeout=30 -T -- box|docker --host=unix:///run/d.sock system dial-stdio")]
    [InlineData("ssh://box/a%20b'c", "-o ConnectTimeout=30 -T -- box|docker '--host=unix:///a b'\\''c' system dial-stdio")]
    [InlineData("ssh://[fe80::1]", "-o ConnectTimeout=30 -T -- fe80::1|docker system dial-stdio")]
    public void The_arguments_are_those_docker_uses(string host, string expected)
    {
        var arguments = SshCommand.Arguments(EngineAddress.Parse(host));

        $"{string.Join(' ', arguments.SkipLast(1))}|{arguments[^1]}".ShouldBe(expected);
    }

    [Fact]
    public async Task Bytes_go_both_ways()
    {
        _home.Program("ssh", "cat");
        await using var stream = await DialAsync("ssh://box");
        var data = Enumerable.Range(0, 200_000).Select(index => (byte)(index % 251)).ToArray();
        var answer = new byte[data.Length];

        await Task.WhenAll(
            stream.WriteAsync(data, Cancelled).AsTask(),
            stream.ReadExactlyAsync(answer, Cancelled).AsTask());

        answer.ShouldBe(data);
    }

    [Fact]
    public async Task Disposing_the_stream_ends_the_process()
    {
        _home.Program("ssh", "echo $$\nexec cat");
        var stream = await DialAsync("ssh://box");
        using var reader = new StreamReader(stream, leaveOpen: true);
        using var process = Process.GetProcessById(int.Parse((await reader.ReadLineAsync(Cancelled))!, provider: null));

        await stream.DisposeAsync();

        await process.WaitForExitAsync(Cancelled);
        process.HasExited.ShouldBeTrue();
    }

    [Fact]
    public async Task A_helper_that_keeps_standard_error_open_does_not_hold_up_the_end()
    {
        _home.Program("ssh", "setsid sleep 1000 </dev/null >/dev/null & echo $!\nexec cat");
        var stream = await DialAsync("ssh://box");
        using var reader = new StreamReader(stream, leaveOpen: true);
        using var helper = Process.GetProcessById(int.Parse((await reader.ReadLineAsync(Cancelled))!, provider: null));

        await stream.DisposeAsync();

        helper.Kill();
        await helper.WaitForExitAsync(Cancelled);
    }

    [Fact]
    public async Task What_ssh_says_when_it_fails_is_the_cause()
    {
        _home.Program("ssh", "echo 'Permission denied (publickey).' >&2\nexit 255");
        await using var stream = await DialAsync("ssh://me@box");

        var error = await Should.ThrowAsync<IOException>(
            async () => await stream.ReadExactlyAsync(new byte[1], Cancelled));

        var text = EngineUnreachableException.Find(error).ShouldNotBeNull().Text;
        text.What.ShouldBe("cannot connect to the Docker daemon at ssh://me@box");
        text.Why.ShouldBe("ssh ended with exit code 255: Permission denied (publickey).");
    }

    [Fact]
    public async Task An_orderly_end_is_the_end_of_the_stream()
    {
        _home.Program("ssh", "exit 0");
        await using var stream = await DialAsync("ssh://box");

        (await stream.ReadAsync(new byte[1], Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task Without_ssh_the_way_is_closed()
    {
        _home.Set("PATH", _home.Programs);

        (await Should.ThrowAsync<EngineUnreachableException>(() => DialAsync("ssh://box"))).Text.Why
            .ShouldBe("there is no `ssh` on the PATH");
    }

    [Fact]
    public async Task The_process_gets_the_environment_of_the_snapshot_alone()
    {
        _home.Program("ssh", "env").ShouldNotBeNull();
        _home.Set("SSH_AUTH_SOCK", "/agent");
        await using var stream = await DialAsync("ssh://box");
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);

        var lines = (await reader.ReadToEndAsync(Cancelled)).Split('\n');

        lines.ShouldContain("SSH_AUTH_SOCK=/agent");
        lines.ShouldNotContain(line => line.StartsWith("DOTNET_", StringComparison.Ordinal));
    }
}
