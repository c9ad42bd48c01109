using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Harvest;

/// <summary>Fetches from this host what a step downloaded and left nowhere.</summary>
internal sealed class FileFetcher : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly Lazy<HttpMessageInvoker> _client = new(() => FileDownloader.CreateClient(ConnectTimeout));
    private readonly Lazy<FileDownloader> _downloader;

    public FileFetcher(WheelhouseStore store, TimeProvider clock) =>
        _downloader = new(() => new FileDownloader(store, _client.Value, new DownloadOptions(), clock));

    /// <summary>The stored file; null when it cannot be had.</summary>
    public async Task<StoredFile?> TryFetchAsync(
        string url, string fileName, string? sha256, CancellationToken cancellationToken)
    {
        try
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var address)
                ? await _downloader.Value.FetchAsync(new DownloadRequest(address, fileName, sha256), cancellationToken)
                : null;
        }
        catch (WheelhouseException)
        {
            // The harvest names what is missing; the build itself went well.
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }
}
