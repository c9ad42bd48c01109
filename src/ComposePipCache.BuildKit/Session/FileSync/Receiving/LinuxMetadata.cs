using System.Runtime.InteropServices;
using System.Text;
using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync.Receiving;

/// <summary>Times to the nanosecond, hard links, attributes, pipes and devices.</summary>
internal static unsafe class LinuxMetadata
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    internal static void SetTime(string full, long nanoseconds)
    {
        var seconds = Math.DivRem(nanoseconds, NanosecondsPerSecond, out var rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + NanosecondsPerSecond);
        }

        fixed (byte* path = RawName.Encode(full + "\0"))
        {
            Check(LinuxCalls.SetTime(path, seconds, rest), full);
        }
    }

    internal static void MakeHardLink(string existing, string full)
    {
        fixed (byte* from = RawName.Encode(existing + "\0"))
        fixed (byte* to = RawName.Encode(full + "\0"))
        {
            Check(LinuxCalls.MakeLink(from, to), full);
        }
    }

    internal static void MakeSpecial(string full, RawStat stat)
    {
        var type = (stat.Mode & GoFileMode.Fifo) != 0 ? 0x1000u
            : (stat.Mode & GoFileMode.CharacterDevice) != 0 ? 0x2000u
            : 0x6000u;
        fixed (byte* path = RawName.Encode(full + "\0"))
        {
            var device = LinuxCalls.MakeDevice((uint)stat.Devmajor, (uint)stat.Devminor);
            Check(LinuxCalls.MakeNode(path, type | (stat.Mode & GoFileMode.Permissions), device), full);
        }
    }

    /// <summary>As far as the user may: many attributes are for the superuser alone.</summary>
    internal static void SetAttributes(string full, RawStat stat)
    {
        foreach (var (name, value) in stat.Xattrs)
        {
            fixed (byte* path = RawName.Encode(full + "\0"))
            fixed (byte* nameBytes = Encoding.UTF8.GetBytes(name + "\0"))
            fixed (byte* bytes = value.Span)
            {
                _ = LinuxCalls.SetAttribute(path, nameBytes, bytes, (nuint)value.Length, 0);
            }
        }
    }

    private static void Check(int result, string full)
    {
        if (result != 0)
        {
            var reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            throw new IOException($"cannot write `{RawName.Display(full)}`: {reason}");
        }
    }
}
