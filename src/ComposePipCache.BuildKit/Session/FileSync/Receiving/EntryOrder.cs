using ComposePipCache.BuildKit.Session.FileSync.Paths;

namespace ComposePipCache.BuildKit.Session.FileSync.Receiving;

/// <summary>
/// Holds a listing to the rules of the protocol: relative and clean paths, folders before their content, siblings by
/// the bytes of their names, no path twice.
/// </summary>
internal sealed class EntryOrder
{
    private readonly Stack<OpenFolder> _folders = new([new OpenFolder(".")]);

    /// <exception cref="FileTransferException">The path is none that may come now.</exception>
    internal void Check(string path, bool isFolder)
    {
        if (path != SlashPath.Clean(path) || path is "." or ".." || path.StartsWith('/') || path.Contains('\0')
            || path.StartsWith("../", StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && path.AsSpan().ContainsAny('\\', ':')))
        {
            throw FileTransferException.BadPath(path);
        }

        var (parent, name) = (SlashPath.Parent(path), SlashPath.Name(path));
        while (_folders.Peek().Path != parent && _folders.Count > 1)
        {
            _folders.Pop();
        }

        var folder = _folders.Peek();
        if (folder.Path != parent || (folder.Last is not null && RawName.Compare(folder.Last, name) >= 0))
        {
            throw FileTransferException.OutOfOrder(path);
        }

        folder.Last = name;
        if (isFolder)
        {
            _folders.Push(new OpenFolder(path));
        }
    }

    private sealed class OpenFolder(string path)
    {
        internal string Path => path;

        internal string? Last { get; set; }
    }
}
