using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ComposePipCache.Build.Resolve.Relaying;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class RelayTests
{
    private const int Large = 100 * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_talks_with_us()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var client = await ConnectAsync(script);

        await using var channel = await AcceptAsync(script);
        var stream = client.GetStream();
        await stream.WriteAsync("ask"u8.ToArray(), Token);
        client.Client.Shutdown(SocketShutdown.Send);

        (await ReadAllAsync(channel)).ShouldBe("ask"u8.ToArray());
        await channel.WriteAsync("answer"u8.ToArray(), Token);
        await channel.EndAsync(Token);
        (await ReadAllAsync(stream)).ShouldBe("answer"u8.ToArray());
    }

    [Fact]
    public async Task A_hundred_megabytes_go_through_either_way_and_the_script_stays_small()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var client = await ConnectAsync(script);
        await using var channel = await AcceptAsync(script);

        var there = PumpAsync(channel, client.GetStream(), () => channel.EndAsync(Token));
        var back = PumpAsync(client.GetStream(), channel, () =>
        {
            client.Client.Shutdown(SocketShutdown.Send);
            return Task.CompletedTask;
        });

        await Task.WhenAll(there, back);
        script.PeakMemory.ShouldBeLessThan(64 * 1024 * 1024);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_up_nobody()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var lazy = await ConnectAsync(script);
        await using var stuck = await AcceptAsync(script);
        var writing = stuck.WriteAsync(new byte[Large], Token).AsTask();

        for (var turn = 0; turn < 20; turn++)
        {
            using var client = await ConnectAsync(script);
            await using var channel = await AcceptAsync(script);
            await client.GetStream().WriteAsync(new byte[1000], Token);
            await channel.ReadExactlyAsync(new byte[1000], Token);
        }

        writing.IsCompleted.ShouldBeFalse();
        script.PeakMemory.ShouldBeLessThan(64 * 1024 * 1024);
        lazy.Dispose();
        await Should.ThrowAsync<IOException>(() => writing);
    }

    [Fact]
    public async Task Many_connections_at_once_keep_their_bytes_apart()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        var serving = EchoAsync(script.Relay, 200);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            using var client = await ConnectAsync(script);
            var sent = RandomNumberGenerator.GetBytes(1 + (number * 997));
            var stream = client.GetStream();
            var sending = SendAsync(client, sent);
            (await ReadAllAsync(stream)).AsSpan().SequenceEqual(sent).ShouldBeTrue();
            await sending;
        }));

        await serving;
    }

    [Fact]
    public async Task A_connection_that_a_client_resets_is_no_end_of_file()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        var client = await ConnectAsync(script);
        await using var channel = await AcceptAsync(script);

        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Client.Dispose();

        await Should.ThrowAsync<IOException>(async () => await channel.ReadExactlyAsync(new byte[1], Token));
    }

    [Fact]
    public async Task A_connection_that_we_reset_is_no_end_of_file()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var client = await ConnectAsync(script);
        var channel = await AcceptAsync(script);

        channel.Abort();

        var error = await Should.ThrowAsync<IOException>(
            async () => await client.GetStream().ReadExactlyAsync(new byte[1], Token));
        error.GetBaseException().ShouldBeOfType<SocketException>()
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Fact]
    public async Task What_was_written_before_a_stream_was_disposed_arrives()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var client = await ConnectAsync(script);
        await using (var channel = await AcceptAsync(script))
        {
            await channel.WriteAsync(new byte[700_000], Token);
        }

        (await ReadAllAsync(client.GetStream())).Length.ShouldBe(700_000);
    }

    [Fact]
    public async Task The_script_connects_from_where_it_is()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var channel = await script.Relay.DialAsync("localhost", port, TimeSpan.FromSeconds(30), Token);
        using var server = await listener.AcceptTcpClientAsync(Token);
        await channel.WriteAsync("hello"u8.ToArray(), Token);
        await channel.EndAsync(Token);

        (await ReadAllAsync(server.GetStream())).ShouldBe("hello"u8.ToArray());
        await server.GetStream().WriteAsync("you"u8.ToArray(), Token);
        server.Dispose();
        (await ReadAllAsync(channel)).ShouldBe("you"u8.ToArray());
    }

    [Theory]
    [InlineData("name.invalid", RelayDialFailure.NameNotResolved)]
    [InlineData("127.0.0.1", RelayDialFailure.Refused)]
    [InlineData("a..b", RelayDialFailure.NameNotResolved)]
    public async Task A_connection_that_cannot_be_made_has_a_reason(string host, RelayDialFailure failure)
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var error = await Should.ThrowAsync<RelayRefusedException>(
            () => script.Relay.DialAsync(host, port, TimeSpan.FromSeconds(30), Token));

        error.Failure.ShouldBe(failure);
    }

    [Fact]
    public async Task A_killed_script_is_the_end_of_everything()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var client = await ConnectAsync(script);
        var channel = await AcceptAsync(script);
        var reading = channel.ReadAsync(new byte[1], Token).AsTask();
        var writing = channel.WriteAsync(new byte[Large], Token).AsTask();

        script.Kill();

        await Should.ThrowAsync<IOException>(() => reading);
        await Should.ThrowAsync<IOException>(() => writing);
        (await script.Relay.AcceptAsync(Token)).ShouldBeNull();
        await Should.ThrowAsync<IOException>(
            () => script.Relay.DialAsync("localhost", 1, TimeSpan.FromSeconds(1), Token));
    }

    private static async Task<TcpClient> ConnectAsync(ScriptProcess script)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, script.Relay.Port, Token);
        return client;
    }

    private static async Task<RelayStream> AcceptAsync(ScriptProcess script) =>
        (await script.Relay.AcceptAsync(Token)).ShouldNotBeNull();

    private static async Task EchoAsync(Relay relay, int count)
    {
        var echoes = new List<Task>();
        for (var number = 0; number < count; number++)
        {
            echoes.Add(EchoAsync((await relay.AcceptAsync(Token)).ShouldNotBeNull()));
        }

        await Task.WhenAll(echoes);
    }

    private static async Task EchoAsync(RelayStream channel)
    {
        await using (channel)
        {
            await channel.CopyToAsync(channel, Token);
        }
    }

    private static async Task SendAsync(TcpClient client, byte[] content)
    {
        await client.GetStream().WriteAsync(content, Token);
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task PumpAsync(Stream from, Stream to, Func<Task> end)
    {
        var piece = new byte[1024 * 1024];
        RandomNumberGenerator.Fill(piece);
        var reading = HashAsync(to);
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var sent = 0; sent < Large; sent += piece.Length)
        {
            expected.AppendData(piece);
            var writing = from.WriteAsync(piece, Token).AsTask();
            await await Task.WhenAny(writing, reading);
            await writing;
        }

        await end();
        (await reading).ShouldBe(expected.GetHashAndReset());
    }

    private static async Task<byte[]> HashAsync(Stream stream) => await SHA256.HashDataAsync(stream, Token);

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }
}
