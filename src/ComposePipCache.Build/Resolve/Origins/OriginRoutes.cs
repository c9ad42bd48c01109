using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ComposePipCache.Build.Resolve.Relaying;

namespace ComposePipCache.Build.Resolve.Origins;

/// <summary>Finds the way to each server: from this machine, or else from inside the container.</summary>
internal sealed class OriginRoutes(Relay relay, OriginOptions options, TimeProvider time)
{
    // What lies in it when this process is killed is paid for again; by itself the system lets it grow to some MiB.
    private const int ReceiveBuffer = 512 * 1024;

    private readonly ConcurrentDictionary<DnsEndPoint, bool> _inside = new();

    /// <summary>A connection; where both ways fail, this machine's reason.</summary>
    public async Task<Stream> ConnectAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        if (options.ContainerHosts.Contains(server.Host, StringComparer.OrdinalIgnoreCase))
        {
            return await DialAsync(server, cancellationToken);
        }

        return _inside.ContainsKey(server)
            ? await DialAgainAsync(server, cancellationToken)
            : await ConnectEitherWayAsync(server, cancellationToken);
    }

    /// <summary>From this machine alone: to the user's proxy.</summary>
    public async Task<Stream> ConnectDirectlyAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        if (options.Connect is { } connect)
        {
            return await connect(server, cancellationToken);
        }

        return await ConnectAsync(socket => socket.ConnectAsync(server, cancellationToken));
    }

    private async Task<Stream> ConnectEitherWayAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var direct = options.Connect is null
            ? ConnectOutsideAsync(server, race.Token)
            : ConnectDirectlyAsync(server, race.Token);
        await Task.WhenAny(direct, Task.Delay(options.Patience, time, race.Token));
        if (direct.IsCompletedSuccessfully)
        {
            await race.CancelAsync();
            return await direct;
        }

        var inside = DialAsync(server, race.Token);
        var first = await FirstGoodAsync(direct, inside);
        var other = first == direct ? inside : direct;
        await race.CancelAsync();
        await DropAsync(other);
        if (first == inside)
        {
            _inside[server] = true;
        }

        return await first;
    }

    /// <summary>From this machine, but not to it: what a build runs shall not reach what listens here alone.</summary>
    private async Task<Stream> ConnectOutsideAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(server.Host, cancellationToken);
        return Array.TrueForAll(addresses, OriginAddress.IsOutside)
            ? await ConnectAsync(socket => socket.ConnectAsync(addresses, server.Port, cancellationToken))
            : await DialAsync(server, cancellationToken);
    }

    private static async Task<Stream> ConnectAsync(Func<Socket, ValueTask> connectAsync)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = ReceiveBuffer,
        };
        try
        {
            await connectAsync(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> DialAgainAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        try
        {
            return await DialAsync(server, cancellationToken);
        }
        catch (IOException)
        {
            _inside.TryRemove(server, out _);
            throw;
        }
    }

    private async Task<Stream> DialAsync(DnsEndPoint server, CancellationToken cancellationToken) =>
        await relay.DialAsync(server.Host, server.Port, options.ConnectTimeout, cancellationToken);

    private static async Task<Task<Stream>> FirstGoodAsync(Task<Stream> direct, Task<Stream> inside)
    {
        var first = await Task.WhenAny(direct, inside);
        if (first.IsCompletedSuccessfully)
        {
            return first;
        }

        var second = first == direct ? inside : direct;
        await Task.WhenAny(second);
        return second.IsCompletedSuccessfully ? second : direct;
    }

    private static async Task DropAsync(Task<Stream> connection)
    {
        await Task.WhenAny(connection);
        if (connection.IsCompletedSuccessfully)
        {
            await (await connection).DisposeAsync();
        }
        else
        {
            // It is looked at, so that nobody else has to.
            _ = connection.Exception;
        }
    }
}
