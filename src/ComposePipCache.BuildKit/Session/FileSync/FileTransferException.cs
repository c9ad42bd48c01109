using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync;

/// <summary>The other side of a directory transfer ended it, or broke its rules.</summary>
public sealed class FileTransferException : Exception
{
    public FileTransferException()
    {
    }

    public FileTransferException(string message)
        : base(message)
    {
    }

    public FileTransferException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True when the other side knows of it already, so that it need not be told.</summary>
    internal bool IsKnownToPeer { get; private init; }

    internal static FileTransferException FromPeer(string text) =>
        new($"the builder stopped the transfer: {text}") { IsKnownToPeer = true };

    internal static FileTransferException Truncated() =>
        new("the builder closed the transfer before it was complete") { IsKnownToPeer = true };

    internal static FileTransferException UnknownFile(uint id) =>
        new($"the builder asked for file {id}, which is not on offer or was asked for before");

    internal static FileTransferException BadPath(string path) =>
        new($"the builder sent `{RawName.Display(path)}`, which cannot be written below the folder");

    internal static FileTransferException OutOfOrder(string path) =>
        new($"the builder sent `{RawName.Display(path)}` out of order");

    internal static FileTransferException Unexpected(Packet packet) =>
        new($"the builder sent {packet.Type} for {packet.ID}, which was not to come now");
}
