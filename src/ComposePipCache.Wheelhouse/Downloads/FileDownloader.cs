using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Downloads package files into a wheelhouse and goes on where an attempt, or a process, ended.</summary>
/// <remarks>
/// A file that another process is downloading is waited for, so that no byte is paid twice. Safe for many downloads at
/// once.
/// </remarks>
public sealed class FileDownloader
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PartLifetime = TimeSpan.FromDays(30);

    private readonly WheelhouseStore _store;
    private readonly HttpMessageInvoker _client;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly PartFolder _parts;

    /// <remarks>The client follows no redirects and unpacks nothing, as that of <see cref="CreateClient"/>.</remarks>
    public FileDownloader(WheelhouseStore store, HttpMessageInvoker client, DownloadOptions options, TimeProvider time)
    {
        _store = store;
        _client = client;
        _options = options;
        _time = time;
        _parts = new PartFolder(store);
        _parts.Sweep(time.GetUtcNow() - PartLifetime);
    }

    /// <summary>An HTTP client that leaves redirects and bytes to the downloader.</summary>
    public static HttpMessageInvoker CreateClient(TimeSpan connectTimeout, bool isProxied = true) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = isProxied,
            ConnectTimeout = connectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        },
        disposeHandler: true);

    /// <summary>Returns the stored file; one that is there already is not asked for.</summary>
    /// <exception cref="DownloadException">It did not come; what came of it is kept.</exception>
    /// <exception cref="DigestMismatchException">Twice another file came than the promised one.</exception>
    /// <exception cref="WheelhouseException">It cannot be kept.</exception>
    public async Task<StoredFile> FetchAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        if (Known(request) is { } known)
        {
            return known;
        }

        _store.Writer.CreateFolder(_store.Layout.Partial);
        using var turn = await WaitForTurnAsync(request, cancellationToken);
        return Known(request) ?? await DownloadAsync(request, cancellationToken);
    }

    private static void Check(DownloadRequest request)
    {
        if (!PackageFileName.IsValid(request.FileName))
        {
            throw new WheelhouseException(WheelhouseErrors.BadFileName(request.FileName));
        }

        if (request.Url.Scheme != Uri.UriSchemeHttp && request.Url.Scheme != Uri.UriSchemeHttps)
        {
            throw new WheelhouseException(DownloadErrors.BadAddress(request));
        }
    }

    private StoredFile? Known(DownloadRequest request) =>
        request.Sha256 is { } sha256 ? _store.Find(sha256, request.FileName) : null;

    private async Task<DownloadLock> WaitForTurnAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        var path = _parts.LockOf(PartFolder.KeyOf(request));
        while (true)
        {
            if (_store.Writer.Try(() => DownloadLock.TryTake(path)) is { } turn)
            {
                return turn;
            }

            await Task.Delay(LockPause, _time, cancellationToken);
        }
    }

    private async Task<StoredFile> DownloadAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        var key = PartFolder.KeyOf(request);
        var journal = request.Sha256 is null ? null : _parts.Journals.Find(key).Record;
        if (journal is null)
        {
            _parts.Discard(key);
        }

        using var part = await PartFile.OpenAsync(_parts.PartOf(key), _store.Root, cancellationToken);
        var attempt = new DownloadAttempt(new HttpFetch(_client, request), request, part, _parts.Journals)
        {
            Journal = journal,
        };
        try
        {
            return await DownloadAsync(request, attempt, part, cancellationToken);
        }
        catch (Exception error) when (error is DigestMismatchException || request.Sha256 is null)
        {
            _parts.Discard(key);
            throw;
        }
    }

    // Another file than the promised one may be a proxy's doing, so it is asked for once more, past all caches.
    private async Task<StoredFile> DownloadAsync(
        DownloadRequest request, DownloadAttempt attempt, PartFile part, CancellationToken cancellationToken)
    {
        var promised = request.Sha256 is { } sha256 ? Sha256Text.Normalize(sha256) : null;
        if (promised is null || part.Sha256() != promised)
        {
            await CompleteAsync(request, attempt, part, isPastCaches: false, cancellationToken);
        }

        if (promised is not null && part.Sha256() != promised)
        {
            part.Reset();
            await CompleteAsync(request, attempt, part, isPastCaches: true, cancellationToken);
        }

        var stored = _store.Writer.Try(
            () => _store.Publish(part.Stream, request.FileName, request.Sha256, part.Sha256(), part.Length));
        _parts.Discard(PartFolder.KeyOf(request));
        return stored;
    }

    private async Task CompleteAsync(
        DownloadRequest request,
        DownloadAttempt attempt,
        PartFile part,
        bool isPastCaches,
        CancellationToken cancellationToken)
    {
        var patience = new Patience(_options, part.Length);
        while (await AttemptAsync(attempt, isPastCaches, cancellationToken) is { } failure)
        {
            if (patience.Next(failure, part.Length) is not { } pause)
            {
                var kept = request.Sha256 is null ? 0 : part.Length;
                throw new DownloadException(request, failure, new DownloadProgress(kept, attempt.Journal?.Length));
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    private async Task<DownloadFailure?> AttemptAsync(
        DownloadAttempt attempt, bool isPastCaches, CancellationToken cancellationToken)
    {
        using var watch = new StallWatch(_options.StallTimeout, _time, cancellationToken);
        return await attempt.RunAsync(isPastCaches, watch, cancellationToken);
    }
}
