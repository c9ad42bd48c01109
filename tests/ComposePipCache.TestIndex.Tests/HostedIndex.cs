using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.TestIndex.Tests;

/// <summary>An index over a folder of its own, with two releases of alpha and a big wheel.</summary>
internal sealed class HostedIndex : IAsyncDisposable
{
    public static readonly TinyWheel Alpha = new("alpha", "1.0") { RequiresPython = ">=3.8" };
    public static readonly TinyWheel Newer = new("alpha", "2.0") { Requires = ["big-one"] };
    public static readonly TinyWheel Big = new("big-one", "1.5") { PayloadSize = 3_000_000 };

    private readonly string _folder = Directory.CreateTempSubdirectory("test-index-").FullName;

    public HostedIndex(Func<IndexOptions, IndexOptions>? change = null)
    {
        foreach (var wheel in new[] { Alpha, Newer, Big })
        {
            wheel.WriteTo(_folder);
        }

        var options = new IndexOptions { WheelFolders = [_folder] };
        Server = IndexServer.Start(change?.Invoke(options) ?? options);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(Server.Url),
        };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Folder => _folder;

    public IndexServer Server { get; }

    public HttpClient Client { get; }

    public static byte[] BigBytes { get; } = Big.Build();

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>The path of a file, as the page of its project tells it.</summary>
    public async Task<string> PathOfAsync(TinyWheel wheel, string simple = "/simple/")
    {
        var page = await Client.GetStringAsync($"{simple}{wheel.Name}/", Token);
        var start = page.LastIndexOf("href=\"", page.IndexOf($">{wheel.FileName}<", StringComparison.Ordinal),
            StringComparison.Ordinal) + 6;
        var link = page[start..page.IndexOfAny(['#', '"'], start)];
        return new Uri(new Uri($"{Server.Url}{simple}{wheel.Name}/"), link).PathAndQuery;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
