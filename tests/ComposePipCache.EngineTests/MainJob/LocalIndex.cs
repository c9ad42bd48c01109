using System.Net;
using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>An index of one test's own, where containers of all engines reach it.</summary>
internal sealed class LocalIndex : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private LocalIndex(TemporaryFolder folder, IndexServer server) => (_folder, Server) = (folder, server);

    public IndexServer Server { get; }

    /// <summary>For <c>--index-url</c>.</summary>
    public string Url => Server.SimpleUrl;

    public string Host => new Uri(Url).Host;

    /// <summary>Lines of a Dockerfile that make this the index of all pips after them.</summary>
    public string Variables => $"ENV PIP_INDEX_URL={Url} PIP_TRUSTED_HOST={Host} PIP_DISABLE_PIP_VERSION_CHECK=1";

    /// <summary>Body bytes of wheels and source distributions that were sent.</summary>
    public long FileBytes => Server.Snapshot().Of(RequestKind.File).BodyBytes;

    /// <summary>How often a page was asked for.</summary>
    public int PageRequests => Server.Snapshot().Of(RequestKind.Page).Requests;

    public static async Task<LocalIndex> StartAsync(params TinyWheel[] wheels)
    {
        var folder = new TemporaryFolder();
        foreach (var wheel in wheels)
        {
            wheel.WriteTo(folder.Path);
        }

        return new LocalIndex(folder, IndexServer.Start(new IndexOptions
        {
            WheelFolders = [folder.Path],
            Listen = new IPEndPoint(await BedScript.HostAddressAsync(), 0),
        }));
    }

    public void Add(TinyWheel wheel)
    {
        wheel.WriteTo(_folder.Path);
        Server.Rescan();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
