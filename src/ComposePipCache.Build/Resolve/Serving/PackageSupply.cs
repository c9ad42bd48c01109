using System.Collections.Concurrent;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Index;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Package files: from the wheelhouse, or from their server through it.</summary>
internal sealed class PackageSupply(ServingOptions options, HttpMessageInvoker client, LinkBook links)
{
    private readonly FileDownloader _downloader = new(options.Store, client, options.Downloads, options.Time);
    private readonly SingleFlight<(StoredFile File, bool WasDownloaded)> _flights = new();
    private readonly ConcurrentDictionary<string, StoredFile> _fetched = new(StringComparer.Ordinal);

    /// <summary>What came from a server, each content once.</summary>
    public IReadOnlyCollection<StoredFile> Fetched => [.. _fetched.Values];

    /// <summary>The name a file at this URL has; null when nothing says that it is a package.</summary>
    public string? NameOf(Uri url)
    {
        var name = links.Find(url)?.FileName ?? Uri.UnescapeDataString(url.Segments[^1]);
        return PackageFileName.IsValid(name) ? name : null;
    }

    /// <summary>The stored file, once for all who ask at the same time.</summary>
    /// <exception cref="Wheelhouse.Errors.WheelhouseException">It cannot be had.</exception>
    public Task<(StoredFile File, bool WasDownloaded)> GetAsync(
        Uri url, string name, string? authorization, CancellationToken lifetime, CancellationToken cancellationToken)
    {
        var sha256 = links.Sha256Of(url);
        var request = new DownloadRequest(url, name, sha256)
        {
            Credentials = Credentials.Parse(authorization),
            Progress = options.ProgressOf?.Invoke(name),
        };
        var key = sha256 is null ? $"{url.AbsoluteUri}\n{authorization}" : $"{sha256}\n{name}";
        return _flights.RunAsync(key, token => GetAsync(request, token), lifetime, cancellationToken);
    }

    public Task SettleAsync() => _flights.SettleAsync();

    private async Task<(StoredFile File, bool WasDownloaded)> GetAsync(
        DownloadRequest request, CancellationToken cancellationToken)
    {
        if (request.Sha256 is { } sha256 && options.Store.Find(sha256, request.FileName) is { } stored)
        {
            return (stored, false);
        }

        var file = await _downloader.FetchAsync(request, cancellationToken);
        _fetched[file.Sha256] = file;
        if (request.Sha256 is null)
        {
            links.Remember(request.Url, file.Sha256);
        }

        return (file, true);
    }
}
