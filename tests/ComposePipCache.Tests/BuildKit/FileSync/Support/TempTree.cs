using System.Runtime.InteropServices;
using System.Text;

namespace ComposePipCache.Tests.BuildKit.FileSync.Support;

/// <summary>A folder of its own for one test.</summary>
internal sealed unsafe partial class TempTree : IDisposable
{
    private readonly List<byte[]> _raw = [];

    internal TempTree() => Root = Directory.CreateTempSubdirectory("filesync-").FullName;

    internal string Root { get; }

    public void Dispose()
    {
        // .NET cannot express these names, so it cannot remove them either.
        foreach (var raw in _raw)
        {
            fixed (byte* path = raw)
            {
                Check(Unlink(path));
            }
        }

        Directory.Delete(Root, recursive: true);
    }

    internal string Full(string path) => Path.Combine(Root, path);

    internal TempTree Folder(string path, int mode = 0b111_101_101)
    {
        Directory.CreateDirectory(Full(path));
        SetMode(path, mode);
        return this;
    }

    internal TempTree Content(string path, string content = "", int mode = 0b110_100_100)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), content);
        SetMode(path, mode);
        return this;
    }

    internal TempTree Bytes(string path, byte[] content)
    {
        File.WriteAllBytes(Full(path), content);
        return this;
    }

    internal TempTree Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.CreateSymbolicLink(Full(path), target);
        return this;
    }

    internal TempTree HardLink(string path, string existing)
    {
        Check(MakeLink(Full(existing), Full(path)));
        return this;
    }

    internal TempTree Fifo(string path)
    {
        Check(MakeFifo(Full(path), 0b110_000_000));
        return this;
    }

    /// <summary>Makes a file whose name is any bytes.</summary>
    internal TempTree Raw(byte[] name, string content)
    {
        const int createAndWrite = 0x41;
        _raw.Add([.. Encoding.UTF8.GetBytes(Root + "/"), .. name, 0]);
        fixed (byte* path = _raw[^1])
        fixed (byte* bytes = Encoding.UTF8.GetBytes(content))
        {
            var descriptor = Open(path, createAndWrite, 0b110_100_100);
            Check(descriptor < 0 ? -1 : 0);
            Check(Write(descriptor, bytes, (nuint)content.Length) < 0 ? -1 : 0);
            Check(Close(descriptor));
        }

        return this;
    }

    /// <returns>False when the file system keeps no attributes.</returns>
    internal bool TrySetAttribute(string path, string name, byte[] value)
    {
        fixed (byte* bytes = value)
        {
            return SetAttribute(Full(path), name, bytes, (nuint)value.Length, 0) == 0;
        }
    }

    private void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Full(path), (UnixFileMode)mode);
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeLink(string existing, string path);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true)]
    private static partial int Unlink(byte* path);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(string path, string name, byte* value, nuint size, int flags);
}
