using ComposePipCache.BuildKit.Session.FileSync.Paths;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>A path below a shared folder could not be read; the message names it.</summary>
public sealed class FileTreeException : IOException
{
    public FileTreeException()
    {
    }

    public FileTreeException(string message)
        : base(message)
    {
    }

    public FileTreeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True when the user may not read the path, as opposed to a fault of the disk.</summary>
    public bool IsPermission { get; private init; }

    internal static FileTreeException Unreadable(string path, string reason, bool isPermission, Exception? cause = null)
    {
        var shown = path.Length == 0 ? "." : RawName.Display(path);
        return new($"cannot read `{shown}`: {(isPermission ? "permission denied" : reason)}", cause)
        {
            IsPermission = isPermission,
        };
    }
}
