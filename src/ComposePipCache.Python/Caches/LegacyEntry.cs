using System.Buffers.Binary;

namespace ComposePipCache.Python.Caches;

/// <summary>An entry of pip 10 to 23.2: <c>cc=4,</c> and a MessagePack map whose response has the body.</summary>
public static class LegacyEntry
{
    private const int MaximumKeyLength = 64;

    private static ReadOnlySpan<byte> Magic => "cc=4,"u8;

    /// <summary>Leaves the stream at the body's first byte.</summary>
    /// <returns>The length of the body; null when this is another format, such as pip 9's.</returns>
    public static async Task<long?> SeekBodyAsync(Stream entry, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(entry, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static async Task<long?> FindAsync(Stream entry, CancellationToken cancellationToken)
    {
        var magic = new byte[Magic.Length];
        await entry.ReadExactlyAsync(magic, cancellationToken);
        if (!magic.AsSpan().SequenceEqual(Magic) || await CountAsync(entry, cancellationToken) is null)
        {
            return null;
        }

        // The writer puts "response" first, and "body" first in it (cachecontrol/serialize.py); nothing is skipped.
        return await KeyAsync(entry, cancellationToken) == "response"
            && await CountAsync(entry, cancellationToken) is not null
            && await KeyAsync(entry, cancellationToken) == "body"
                ? await LengthAsync(entry, cancellationToken)
                : null;
    }

    private static async Task<int?> CountAsync(Stream entry, CancellationToken cancellationToken) =>
        await ByteAsync(entry, cancellationToken) switch
        {
            var fix and >= 0x80 and <= 0x8f => fix & 0x0f,
            0xde => (int)await NumberAsync(entry, 2, cancellationToken),
            _ => null,
        };

    private static async Task<string> KeyAsync(Stream entry, CancellationToken cancellationToken)
    {
        var length = await LengthAsync(entry, cancellationToken);
        if (length is null or > MaximumKeyLength)
        {
            return "";
        }

        var key = new byte[length.Value];
        await entry.ReadExactlyAsync(key, cancellationToken);
        return System.Text.Encoding.ASCII.GetString(key);
    }

    /// <summary>The length of a string or of bytes.</summary>
    private static async Task<long?> LengthAsync(Stream entry, CancellationToken cancellationToken) =>
        await ByteAsync(entry, cancellationToken) switch
        {
            var fix and >= 0xa0 and <= 0xbf => fix & 0x1f,
            0xc4 or 0xd9 => await NumberAsync(entry, 1, cancellationToken),
            0xc5 or 0xda => await NumberAsync(entry, 2, cancellationToken),
            0xc6 or 0xdb => await NumberAsync(entry, 4, cancellationToken),
            _ => null,
        };

    private static async Task<int> ByteAsync(Stream entry, CancellationToken cancellationToken) =>
        (int)await NumberAsync(entry, 1, cancellationToken);

    private static async Task<long> NumberAsync(Stream entry, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[sizeof(ulong)];
        await entry.ReadExactlyAsync(bytes.AsMemory(bytes.Length - length), cancellationToken);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
