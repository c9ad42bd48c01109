using System.Text.Json;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;

namespace ComposePipCache.Tests.Wheelhouse.Downloads;

/// <summary>A wheelhouse, and an index with one wheel that fails as it is told.</summary>
internal sealed class DownloadHome : IAsyncDisposable
{
    public static readonly TinyWheel Wheel = new("big-one", "1.5") { PayloadSize = 3_000_000 };

    private const string JsonFormat = "application/vnd.pypi.simple.v1+json";

    private readonly StoreHome _home = new();
    private readonly HttpMessageInvoker _client;
    private readonly string _path;

    private DownloadHome(IndexServer index, string folder, string path)
    {
        Index = index;
        Folder = folder;
        _path = path;
        _client = FileDownloader.CreateClient(TimeSpan.FromSeconds(10), isProxied: false);
    }

    public static byte[] Bytes { get; } = Wheel.Build();

    public static string Sha256 { get; } = StoreHome.Sha(Bytes);

    public static CancellationToken Token => StoreHome.Token;

    public IndexServer Index { get; }

    public string Folder { get; }

    public string Root => _home.Root;

    public WheelhouseStore Store => _home.Store;

    public HurriedTime Time { get; } = new();

    public Uri Url => new(Index.Url + _path);

    public DownloadRequest Request => new(Url, Wheel.FileName, Sha256);

    /// <summary>The requests for the wheel.</summary>
    public IReadOnlyList<RequestEntry> Log => [.. Index.Log().Where(entry => entry.Kind == RequestKind.File)];

    public long BodyBytes => Log.Sum(entry => entry.BodyBytes);

    public static async Task<DownloadHome> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pipcache-index-").FullName;
        Wheel.WriteTo(folder);
        var index = IndexServer.Start(new IndexOptions { WheelFolders = [folder] });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await client.GetStringAsync($"{index.SimpleUrl}big-one/?format={JsonFormat}", Token);
        using var json = JsonDocument.Parse(page);
        var url = json.RootElement.GetProperty("files")[0].GetProperty("url").GetString()!;
        index.ResetCounters();
        return new DownloadHome(index, folder, new Uri(url).PathAndQuery);
    }

    public FileDownloader Downloader(DownloadOptions? options = null, TimeProvider? time = null) => new(
        Store, _client, options ?? new DownloadOptions { StallTimeout = TimeSpan.FromHours(1) }, time ?? Time);

    public Task<StoredFile> FetchAsync(DownloadRequest? request = null) =>
        Downloader().FetchAsync(request ?? Request, Token);

    public string Fault(FaultEffect effect, int after = 0, int? times = 1) => Index.AddFault(new FaultRule
    {
        Match = new RequestMatch { Kind = RequestKind.File },
        Effect = effect,
        After = after,
        Times = times,
    });

    public void ShouldHold(StoredFile stored)
    {
        stored.Sha256.ShouldBe(Sha256);
        stored.Size.ShouldBe(Bytes.Length);
        File.ReadAllBytes(stored.Path).AsSpan().SequenceEqual(Bytes).ShouldBeTrue();
        ShouldHoldNoParts();
    }

    public void ShouldHoldNoParts()
    {
        Parts("*.part").ShouldBeEmpty();
        Parts("*.json").ShouldBeEmpty();
    }

    /// <summary>Paths of what waits to be whole.</summary>
    public string[] Parts(string pattern) => Directory.GetFiles(Path.Combine(Root, "partial"), pattern);

    public string[] Files() => _home.Files();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Index.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        _home.Dispose();
    }
}
