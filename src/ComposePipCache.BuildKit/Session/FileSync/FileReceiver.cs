using ComposePipCache.BuildKit.Session.FileSync.Receiving;

namespace ComposePipCache.BuildKit.Session.FileSync;

/// <summary>Writes a directory that the daemon sends, as the <c>local</c> exporter does, below a folder.</summary>
/// <remarks>
/// What is in the folder already stays, unless a path of the transfer takes its place. Nothing is written outside the
/// folder, whatever the daemon sends. A file appears under its name once it is complete.
/// </remarks>
public static class FileReceiver
{
    /// <summary>Serves one transfer to its end.</summary>
    /// <param name="channel">The daemon is the sender on it.</param>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="cancellationToken">Leaves what is complete, and no parts of files.</param>
    /// <exception cref="FileTransferException">The daemon ended it, or sent what is not to be written.</exception>
    /// <exception cref="IOException">A file cannot be written; the daemon has been told.</exception>
    public static async Task ReceiveAsync(IPacketChannel channel, string folder, CancellationToken cancellationToken)
    {
        await using var transfer = new IncomingTransfer(channel, folder);
        await transfer.RunAsync(cancellationToken);
    }
}
