using ComposePipCache.Protocol.Fsutil;
using Grpc.Core;
using PacketType = ComposePipCache.Protocol.Fsutil.Packet.Types.PacketType;

namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>The receiving end of a directory transfer, packet by packet, so that it can be slow or wrong.</summary>
public sealed class DirectoryPull(AsyncDuplexStreamingCall<Packet, Packet> call) : IDisposable
{
    private const uint GoModeType = 0x8F28_0000;

    /// <summary>The next packet, or null at the end of the stream.</summary>
    public async Task<Packet?> ReadAsync(CancellationToken cancellationToken) =>
        await call.ResponseStream.MoveNext(cancellationToken) ? call.ResponseStream.Current : null;

    /// <summary>Reads the whole listing; the index of an entry is its id.</summary>
    public async Task<IReadOnlyList<RawStat>> ReadListingAsync(CancellationToken cancellationToken)
    {
        var entries = new List<RawStat>();
        while (await ReadAsync(cancellationToken) is { } packet)
        {
            if (packet.Type == PacketType.PacketErr)
            {
                throw new IOException(packet.Data.ToStringUtf8());
            }

            if (packet.Stat is null)
            {
                return entries;
            }

            entries.Add(packet.Stat);
        }

        throw new IOException("the listing has no end");
    }

    /// <summary>Asks for the content of an entry.</summary>
    public Task RequestAsync(uint id, CancellationToken cancellationToken) =>
        SendAsync(new Packet { Type = PacketType.PacketReq, ID = id }, cancellationToken);

    /// <summary>Sends any packet.</summary>
    public Task SendAsync(Packet packet, CancellationToken cancellationToken) =>
        call.RequestStream.WriteAsync(packet, cancellationToken);

    /// <summary>Reads the content of a file that was asked for; no other may be under way.</summary>
    public async Task<byte[]> ReadContentAsync(uint id, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        while (await ReadAsync(cancellationToken) is { } packet)
        {
            if (packet.Type == PacketType.PacketErr)
            {
                throw new IOException(packet.Data.ToStringUtf8());
            }

            if (packet.Type != PacketType.PacketData || packet.ID != id)
            {
                throw new IOException($"expected content of {id}, got {packet.Type} {packet.ID}");
            }

            if (packet.Data.IsEmpty)
            {
                return content.ToArray();
            }

            packet.Data.WriteTo(content);
        }

        throw new IOException($"the stream ended within entry {id}");
    }

    /// <summary>Says that all is written, and waits for the sender's farewell and the end of the stream.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await SendAsync(new Packet { Type = PacketType.PacketFin }, cancellationToken);
        while (await ReadAsync(cancellationToken) is { Type: not PacketType.PacketFin } packet)
        {
            throw new IOException($"expected the end, got {packet.Type}: {packet.Data.ToStringUtf8()}");
        }

        await call.RequestStream.CompleteAsync();
        if (await ReadAsync(cancellationToken) is { } late)
        {
            throw new IOException($"{late.Type} came after the end");
        }
    }

    /// <summary>Pulls everything and returns the content of each file by path.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var entries = await ReadListingAsync(cancellationToken);
        for (var id = 0; id < entries.Count; id++)
        {
            if ((entries[id].Mode & GoModeType) == 0 && entries[id].Linkname.IsEmpty)
            {
                await RequestAsync((uint)id, cancellationToken);
                contents.Add(entries[id].Path.ToStringUtf8(), await ReadContentAsync((uint)id, cancellationToken));
            }
        }

        await FinishAsync(cancellationToken);
        return contents;
    }

    /// <inheritdoc/>
    public void Dispose() => call.Dispose();
}
