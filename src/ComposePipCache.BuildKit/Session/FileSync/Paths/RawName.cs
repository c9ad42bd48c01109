using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Session.FileSync.Paths;

/// <summary>
/// File names as strings without loss: a byte that is not UTF-8 becomes a lone surrogate U+DC80 to U+DCFF.
/// </summary>
/// <remarks>
/// The scheme is Python's <c>surrogateescape</c> (PEP 383). Order is that of the bytes, as on the wire.
/// </remarks>
internal static class RawName
{
    private const int EscapeBase = 0xDC00;

    internal static IComparer<string> ByteOrder { get; } = Comparer<string>.Create(Compare);

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
                bytes = bytes[consumed..];
            }
            else
            {
                text.Append((char)(EscapeBase + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }

    internal static byte[] Encode(string name)
    {
        if (!HasEscapes(name))
        {
            return Encoding.UTF8.GetBytes(name);
        }

        var bytes = new List<byte>(name.Length * 2);
        Span<byte> utf8 = stackalloc byte[4];
        for (var index = 0; index < name.Length;)
        {
            if (Rune.TryGetRuneAt(name, index, out var rune))
            {
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                index += rune.Utf16SequenceLength;
            }
            else
            {
                bytes.Add((byte)(name[index] & 0xFF));
                index++;
            }
        }

        return [.. bytes];
    }

    /// <summary>The name for a message: bytes that are not UTF-8 as <c>\xE9</c>.</summary>
    internal static string Display(string name) => !HasEscapes(name)
        ? name
        : string.Concat(name.Select(c => c is >= '\uDC80' and <= '\uDCFF' ? $"\\x{c & 0xFF:X2}" : $"{c}"));

    internal static ByteString ToWire(string name) => UnsafeByteOperations.UnsafeWrap(Encode(name));

    internal static string FromWire(ByteString name) => Decode(name.Span);

    /// <summary>True when the name holds bytes that are not UTF-8, so that .NET's file API cannot express it.</summary>
    internal static bool HasEscapes(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsHighSurrogate(name[index]) && index + 1 < name.Length && char.IsLowSurrogate(name[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(name[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Compares as the UTF-8 bytes would; ordinal comparison differs above the basic plane.</summary>
    internal static int Compare(string? left, string? right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common < left?.Length && common < right?.Length
            && !char.IsSurrogate(left[common]) && !char.IsSurrogate(right[common]))
        {
            return left[common].CompareTo(right[common]);
        }

        return Encode(left ?? "").AsSpan().SequenceCompareTo(Encode(right ?? ""));
    }
}
