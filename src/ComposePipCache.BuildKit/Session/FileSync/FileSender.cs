using ComposePipCache.BuildKit.Session.FileSync.Sending;
using ComposePipCache.BuildKit.Session.FileSync.Trees;

namespace ComposePipCache.BuildKit.Session.FileSync;

/// <summary>
/// Sends a directory to the daemon: all that is in it is described, and the content of what it asks for follows.
/// </summary>
/// <remarks>A file that is asked for and cannot be read ends the transfer, and the message names it. Go's client sends
/// it as an empty file in silence.</remarks>
public static class FileSender
{
    /// <summary>Serves one transfer to its end; what goes over the wire is counted in the source.</summary>
    /// <exception cref="FileTreeException">A file that is wanted cannot be read; the daemon has been told.</exception>
    /// <exception cref="Patterns.PatternException">A pattern is malformed; the daemon has been told.</exception>
    /// <exception cref="FileTransferException">The daemon ended the transfer or broke its rules.</exception>
    public static async Task SendAsync(
        IPacketChannel channel,
        LocalSource source,
        DirectoryRequest request,
        CancellationToken cancellationToken)
    {
        using var transfer = new OutgoingTransfer(channel, source, request, TimeProvider.System);
        await transfer.RunAsync(cancellationToken);
    }
}
