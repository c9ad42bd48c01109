using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>Index pages and metadata: kept below the wheelhouse, asked for once per object of this class.</summary>
/// <remarks>
/// One object for one command: what it has asked for, it does not ask for again. A kept page is only used when its
/// server says that it is still the same, or when somebody vouches for it. Private pages are found by nobody who has not
/// the same credentials.
/// </remarks>
public sealed class IndexDocuments
{
    /// <summary>About 500 pages as long as the longest of the public index.</summary>
    private const long MostKept = 512 * 1024 * 1024;

    private readonly DocumentFolder _folder;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly SingleFlight<DocumentAnswer> _flights = new();
    private readonly ConcurrentDictionary<string, bool> _current = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _failing = new(StringComparer.OrdinalIgnoreCase);

    public IndexDocuments(WheelhouseStore store, DownloadOptions options, TimeProvider time)
    {
        _folder = new DocumentFolder(store);
        _options = options;
        _time = time;
        _folder.Sweep(MostKept);
    }

    /// <summary>The document, or the server's answer in its place: a redirect, a refusal.</summary>
    /// <param name="client">Follows no redirects and unpacks nothing.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="lifetime">Ends the request itself, whoever waits for it.</param>
    /// <param name="cancellationToken">Ends the waiting alone.</param>
    /// <exception cref="DocumentException">There is no answer, or none but errors of the server's own.</exception>
    /// <exception cref="DigestMismatchException">Twice another document came than the promised one.</exception>
    public Task<DocumentAnswer> GetAsync(
        HttpMessageInvoker client,
        DocumentRequest request,
        CancellationToken lifetime,
        CancellationToken cancellationToken)
    {
        var key = request.Key;
        return _flights.RunAsync(key, token => GetAsync(client, request, key, token), lifetime, cancellationToken);
    }

    /// <summary>A document as it came last; null when none is kept.</summary>
    public DocumentAnswer? FindKept(DocumentRequest request) => _folder.Find(request.Key);

    /// <summary>From now on the kept document is used without asking: it says what has to be known.</summary>
    public void Vouch(DocumentRequest request)
    {
        _folder.Touch(request.Key, _time.GetUtcNow());
        _current[request.Key] = true;
    }

    private async Task<DocumentAnswer> GetAsync(
        HttpMessageInvoker client, DocumentRequest request, string key, CancellationToken cancellationToken)
    {
        var kept = _folder.Find(key);
        if (kept is not null && (request.Sha256 is not null || _current.ContainsKey(key)))
        {
            return kept;
        }

        var fetch = new DocumentFetch(client, request);
        var answer = await FetchAsync(fetch, request, kept, isPastCaches: false, cancellationToken);
        if (answer.Status == (int)HttpStatusCode.NotModified && kept is not null)
        {
            _folder.Touch(key, _time.GetUtcNow());
            _current[key] = true;
            return kept;
        }

        if (answer.Status == (int)HttpStatusCode.OK)
        {
            answer = await CheckAsync(fetch, request, answer, cancellationToken);
            await _folder.KeepAsync(key, request, answer, cancellationToken);
            _current[key] = true;
        }

        return answer;
    }

    // Another document than the promised one may be a proxy's doing, so it is asked for once more, past all caches.
    private async Task<DocumentAnswer> CheckAsync(
        DocumentFetch fetch, DocumentRequest request, DocumentAnswer answer, CancellationToken cancellationToken)
    {
        if (request.Sha256 is not { } promised || Digest(answer) == Sha256Text.Normalize(promised))
        {
            return answer;
        }

        answer = await FetchAsync(fetch, request, kept: null, isPastCaches: true, cancellationToken);
        return answer.Status != (int)HttpStatusCode.OK || Digest(answer) == Sha256Text.Normalize(promised)
            ? answer
            : throw new DigestMismatchException(
                Path.GetFileName(request.Url.LocalPath), promised, Digest(answer));
    }

    private async Task<DocumentAnswer> FetchAsync(
        DocumentFetch fetch,
        DocumentRequest request,
        DocumentAnswer? kept,
        bool isPastCaches,
        CancellationToken cancellationToken)
    {
        var origin = request.Url.GetLeftPart(UriPartial.Authority);
        // Whatever failed to answer a moment ago is asked, but not waited for all over again with each page.
        var patience = new Patience(_failing.ContainsKey(origin) ? _options with { Retries = 0 } : _options, kept: 0);
        while (true)
        {
            var (answer, failure) = await TryAsync(fetch, kept, isPastCaches, cancellationToken);
            if (failure is null)
            {
                _failing.TryRemove(origin, out _);
                return answer!;
            }

            if (patience.Next(failure, length: 0) is not { } pause)
            {
                _failing[origin] = true;
                throw new DocumentException(request, failure);
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    private async Task<(DocumentAnswer? Answer, DownloadFailure? Failure)> TryAsync(
        DocumentFetch fetch, DocumentAnswer? kept, bool isPastCaches, CancellationToken cancellationToken)
    {
        using var watch = new StallWatch(_options.StallTimeout, _time, cancellationToken);
        try
        {
            return await fetch.SendAsync(kept, isPastCaches, watch);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new DownloadFailure(DownloadFailureKind.TimedOut, "the server sends nothing", error));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            return (null, FailureReasons.Of(error, hasBegun: false));
        }
    }

    private static string Digest(DocumentAnswer answer) => Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span));
}
