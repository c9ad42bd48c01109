using System.Buffers;

namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>Rewrites the names in a header block of .NET's HTTP/2 client, which neither indexes nor compresses.</summary>
internal static class HeaderBlock
{
    private const byte Indexed = 0x80;
    private const byte Incremental = 0x40;
    private const byte SizeUpdate = 0x20;

    public static byte[] Rewrite(ReadOnlySpan<byte> block)
    {
        var output = new ArrayBufferWriter<byte>(block.Length);
        while (block.Length > 0)
        {
            var length = FieldLength(block, out var hasName);
            var field = block[..length];
            if (hasName)
            {
                WriteField(output, field);
            }
            else
            {
                output.Write(field);
            }

            block = block[length..];
        }

        return output.WrittenSpan.ToArray();
    }

    private static int FieldLength(ReadOnlySpan<byte> block, out bool hasName)
    {
        var first = block[0];
        hasName = false;
        if ((first & Indexed) != 0)
        {
            return ReadInteger(block, 7, out _);
        }

        if ((first & (Indexed | Incremental | SizeUpdate)) == SizeUpdate)
        {
            return ReadInteger(block, 5, out _);
        }

        var length = ReadInteger(block, (first & Incremental) != 0 ? 6 : 4, out var index);
        hasName = index == 0;
        for (var strings = hasName ? 2 : 1; strings > 0; strings--)
        {
            length += ReadInteger(block[length..], 7, out var text) + text;
        }

        return length;
    }

    private static void WriteField(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> field)
    {
        var start = 1 + ReadInteger(field[1..], 7, out var nameLength);
        var name = HeaderFields.Restore(field.Slice(start, nameLength));
        output.Write(field[..1]);
        WriteInteger(output, name.Length);
        output.Write(name);
        output.Write(field[(start + nameLength)..]);
    }

    /// <summary>HPACK's integer (RFC 7541, 5.1); returns how many bytes it takes.</summary>
    private static int ReadInteger(ReadOnlySpan<byte> bytes, int prefix, out int value)
    {
        var mask = (1 << prefix) - 1;
        value = bytes[0] & mask;
        if (value < mask)
        {
            return 1;
        }

        for (var i = 1; ; i++)
        {
            value += (bytes[i] & 0x7f) << (7 * (i - 1));
            if ((bytes[i] & 0x80) == 0)
            {
                return i + 1;
            }
        }
    }

    private static void WriteInteger(ArrayBufferWriter<byte> output, int value)
    {
        const int Mask = 0x7f;
        if (value < Mask)
        {
            output.Write([(byte)value]);
            return;
        }

        output.Write([(byte)Mask]);
        for (value -= Mask; value >= 0x80; value >>= 7)
        {
            output.Write([(byte)((value & Mask) | 0x80)]);
        }

        output.Write([(byte)value]);
    }
}
