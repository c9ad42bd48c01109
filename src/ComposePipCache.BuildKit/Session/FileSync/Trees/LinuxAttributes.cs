using System.Runtime.InteropServices;
using System.Text;
using ComposePipCache.Protocol.Fsutil;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>Extended attributes. They are sent, as Go's client does: file capabilities travel in them.</summary>
internal static unsafe class LinuxAttributes
{
    private const int UsualSize = 1024;

    internal static void Load(byte* path, RawStat stat)
    {
        var names = ReadAll(path, null, out var error);
        if (names is null)
        {
            if (error is LinuxCalls.NotSupported || LinuxCalls.IsGone(error))
            {
                return;
            }

            throw LinuxFileTree.Unreadable(stat.Path.ToStringUtf8(), error);
        }

        foreach (var range in names.AsSpan().Split((byte)0))
        {
            var name = names.AsSpan()[range];
            if (!name.IsEmpty && !name.StartsWith("com.apple."u8))
            {
                Add(path, Encoding.UTF8.GetString(name), stat);
            }
        }
    }

    private static void Add(byte* path, string name, RawStat stat)
    {
        if (ReadAll(path, name, out _) is { } value)
        {
            stat.Xattrs[name] = UnsafeByteOperations.UnsafeWrap(value);
        }
    }

    /// <summary>
    /// Reads the value of an attribute, or without a name the list of names; both may grow meanwhile.
    /// </summary>
    private static byte[]? ReadAll(byte* path, string? name, out int error)
    {
        var buffer = stackalloc byte[UsualSize];
        var length = Read(path, name, buffer, UsualSize);
        error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (error == 0)
        {
            return length == 0 ? [] : new ReadOnlySpan<byte>(buffer, (int)length).ToArray();
        }

        while (error == LinuxCalls.OutOfRange)
        {
            var larger = new byte[Math.Max(0, Read(path, name, null, 0))];
            fixed (byte* target = larger)
            {
                length = Read(path, name, target, (nuint)larger.Length);
            }

            error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error == 0)
            {
                return larger[..(int)length];
            }
        }

        return null;
    }

    private static nint Read(byte* path, string? name, byte* buffer, nuint size)
    {
        if (name is null)
        {
            return LinuxCalls.ListAttributes(path, buffer, size);
        }

        fixed (byte* nameBytes = Encoding.UTF8.GetBytes(name + "\0"))
        {
            return LinuxCalls.GetAttribute(path, nameBytes, buffer, size);
        }
    }
}
