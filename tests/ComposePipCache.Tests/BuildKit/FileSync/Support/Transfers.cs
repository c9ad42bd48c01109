using ComposePipCache.BuildKit.Session;
using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.Tests.BuildKit.FileSync.Support;

/// <summary>Whole transfers in one process.</summary>
internal static class Transfers
{
    internal static readonly DirectoryRequest Everything = new("context");

    internal static LocalSource Source(TempTree tree) => new("context", tree.Root);

    internal static Task<ReceivedTree> SendAsync(TempTree tree, CancellationToken cancellationToken) =>
        SendAsync(Source(tree), Everything, _ => true, cancellationToken);

    internal static async Task<ReceivedTree> SendAsync(
        LocalSource source, DirectoryRequest request, Func<RawStat, bool> wants, CancellationToken cancellationToken)
    {
        var pipe = new PacketPipe();
        var receiving = new DaemonDouble(pipe.Daemon) { Wants = wants }.ReceiveAsync(cancellationToken);
        try
        {
            await FileSender.SendAsync(pipe.Client, source, request, cancellationToken);
        }
        finally
        {
            pipe.Client.Close();
        }

        return await receiving;
    }
}
