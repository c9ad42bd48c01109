using System.Buffers.Binary;
using System.Net.Sockets;

namespace ComposePipCache.TestIndex.Network;

/// <summary>What the kernel knows of a connection (Linux, TCP_INFO).</summary>
/// <param name="Sent">Payload bytes that left, each counted once.</param>
/// <param name="IsDrained">Nothing waits to be sent or acknowledged.</param>
internal readonly record struct TcpCounters(long Sent, bool IsDrained)
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int Unacknowledged = 24;
    private const int NotSent = 144;
    private const int BytesSent = 200;
    private const int BytesRetransmitted = 208;

    /// <summary>Null where the kernel does not tell.</summary>
    public static TcpCounters? Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var info = new byte[256];
            return socket.GetRawSocketOption(TcpLevel, TcpInfo, info) < BytesRetransmitted + sizeof(long)
                ? null
                : new TcpCounters(
                    BinaryPrimitives.ReadInt64LittleEndian(info.AsSpan(BytesSent))
                        - BinaryPrimitives.ReadInt64LittleEndian(info.AsSpan(BytesRetransmitted)),
                    BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(Unacknowledged)) == 0
                        && BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(NotSent)) == 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
