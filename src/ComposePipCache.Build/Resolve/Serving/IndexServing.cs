using System.Collections.Concurrent;
using ComposePipCache.Python.Index;
using ComposePipCache.Wheelhouse.Index;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;
using Microsoft.AspNetCore.Http;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Answers pip's requests from the wheelhouse and from the index's servers, and reads ahead of pip.</summary>
public sealed class IndexServing : IAsyncDisposable
{
    private const int MostRedirects = 5;

    private readonly ConcurrentQueue<ServedFile> _served = new();
    private readonly ConcurrentQueue<OriginFailure> _failures = new();
    private readonly ConcurrentDictionary<string, bool> _arrived = new(StringComparer.Ordinal);
    private readonly LinkBook _links = new();
    private readonly Credentials _credentials = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ServingOptions _options;
    private readonly HttpMessageInvoker _client;
    private readonly PackageSupply _packages;
    private readonly SemaphoreSlim _ahead;
    private string _accept = PageForms.Json;

    internal IndexServing(ServingOptions options, HttpMessageInvoker client)
    {
        _options = options;
        _client = client;
        _packages = new PackageSupply(options, client, _links);
        _ahead = new SemaphoreSlim(options.MostAhead);
    }

    /// <summary>Every file that pip was given, once for each time, in that order.</summary>
    public IReadOnlyList<ServedFile> Served => [.. _served];

    /// <summary>Every file that came from a server, ahead of pip or for it.</summary>
    public IReadOnlyCollection<StoredFile> Fetched => _packages.Fetched;

    /// <summary>Whatever pip asked for and did not get for a reason that pip cannot know.</summary>
    public IReadOnlyList<OriginFailure> Failures => [.. _failures];

    /// <summary>Reads a page ahead of pip; null when there is none.</summary>
    /// <remarks>With the credentials that pip last showed to that server.</remarks>
    public async Task<ArrivedPage?> PrefetchPageAsync(Uri url, CancellationToken cancellationToken)
    {
        var answer = await AheadAsync(
            token => FollowAsync(new DocumentRequest(url) { Accept = _accept }, token), cancellationToken);
        return answer is { } page ? Note(page.Url, page.Answer) : null;
    }

    /// <summary>A page as it was when it was last read; null where none is kept.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="isEnough">Says of a page's files whether it tells all that has to be known: nobody is asked then.</param>
    public ArrivedPage? UseKeptPage(Uri url, Func<IReadOnlyList<IndexFile>, bool> isEnough)
    {
        var request = new DocumentRequest(url) { Accept = _accept, Authorization = _credentials.HeaderFor(url) };
        if (_options.Documents.FindKept(request) is not { ContentType: { } type } kept
            || !isEnough(ProjectPage.Parse(kept.Body, type, url)))
        {
            return null;
        }

        _options.Documents.Vouch(request);
        return Note(url, kept);
    }

    /// <summary>Reads the metadata of a wheel ahead of pip; null when it cannot be had.</summary>
    public async Task<ReadOnlyMemory<byte>?> PrefetchMetadataAsync(IndexFile file, CancellationToken cancellationToken)
    {
        if (file.MetadataUrl is not { } url)
        {
            return null;
        }

        var request = new DocumentRequest(Bare(url)) { Sha256 = file.MetadataSha256 };
        return (await AheadAsync(token => FollowAsync(request, token), cancellationToken))?.Answer.Body;
    }

    /// <summary>Brings a file into the wheelhouse ahead of pip; false when it cannot be had.</summary>
    public async Task<bool> PrefetchFileAsync(IndexFile file, CancellationToken cancellationToken)
    {
        _links.Add([file]);
        var url = Bare(file.Url);
        return _packages.NameOf(url) is { } name && await AheadAsync(
            async token =>
            {
                await _packages.GetAsync(url, name, _credentials.HeaderFor(url), _end.Token, token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Ends what is being fetched; what has come of it is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _packages.SettleAsync();
        _client.Dispose();
    }

    /// <summary>Answers one request of pip's.</summary>
    internal async Task AnswerAsync(HttpContext context, Uri url)
    {
        var request = context.Request;
        var authorization = request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null;
        if (authorization is not null)
        {
            _credentials.Remember(url, authorization);
        }

        var canPass = authorization is null || Credentials.Parse(authorization) is not null;
        var isGet = HttpMethods.IsGet(request.Method);
        var accept = request.Headers.Accept.ToString();
        try
        {
            if ((isGet || HttpMethods.IsHead(request.Method)) && canPass && _packages.NameOf(url) is { } name)
            {
                await SendFileAsync(context, url, name, authorization);
            }
            else if (isGet && _links.FindByMetadata(url) is { } file)
            {
                var wanted = new DocumentRequest(url)
                {
                    Accept = accept,
                    Authorization = authorization,
                    Sha256 = file.MetadataSha256,
                };
                await DocumentResponse.SendAsync(context, await GetAsync(wanted, context.RequestAborted));
            }
            else if (isGet && PageForms.IsWanted(accept))
            {
                await SendPageAsync(context, url, accept, authorization);
            }
            else
            {
                await Forwarding.RunAsync(context, url, _client);
            }
        }
        catch (Exception error) when (FailureAnswer.IsExpected(error))
        {
            await FailureAnswer.SendAsync(context, url, error, _failures);
        }
    }

    private async Task SendPageAsync(HttpContext context, Uri url, string accept, string? authorization)
    {
        _accept = accept;
        var request = new DocumentRequest(url) { Accept = accept, Authorization = authorization };
        var answer = await GetAsync(request, context.RequestAborted);
        if (Note(url, answer) is { } page && _arrived.TryAdd(url.AbsoluteUri, true))
        {
            _options.ReadAhead?.PageArrived(page);
        }

        await DocumentResponse.SendAsync(context, answer);
    }

    private async Task SendFileAsync(HttpContext context, Uri url, string name, string? authorization)
    {
        var (file, wasDownloaded) = await _packages.GetAsync(
            url, name, authorization, _end.Token, context.RequestAborted);
        _served.Enqueue(new ServedFile(
            PublicUrl.Of(url.AbsoluteUri) ?? "", file.FileName, file.Sha256, file.Size, wasDownloaded));
        await FileResponse.SendAsync(context, file);
    }

    private Task<DocumentAnswer> GetAsync(DocumentRequest request, CancellationToken cancellationToken) =>
        _options.Documents.GetAsync(_client, request, _end.Token, cancellationToken);

    private ArrivedPage? Note(Uri url, DocumentAnswer answer)
    {
        if (answer is not { Status: StatusCodes.Status200OK, ContentType: { } type })
        {
            return null;
        }

        var files = ProjectPage.Parse(answer.Body, type, url);
        _links.Add(files);
        return new ArrivedPage(url, type, answer.Body, files);
    }

    // pip follows redirects itself, with the same requests.
    private async Task<(Uri Url, DocumentAnswer Answer)?> FollowAsync(
        DocumentRequest request, CancellationToken cancellationToken)
    {
        for (var redirect = 0; redirect <= MostRedirects; redirect++)
        {
            request = request with { Authorization = _credentials.HeaderFor(request.Url) };
            var answer = await GetAsync(request, cancellationToken);
            if (answer.Location is null || !Uri.TryCreate(request.Url, answer.Location, out var next)
                || (next.Scheme != Uri.UriSchemeHttp && next.Scheme != Uri.UriSchemeHttps))
            {
                return answer.Status == StatusCodes.Status200OK ? (request.Url, answer) : null;
            }

            request = request with { Url = Bare(next) };
        }

        return null;
    }

    // Nobody asked for it yet: pip will, and is told then what went wrong.
    private async Task<T?> AheadAsync<T>(Func<CancellationToken, Task<T?>> work, CancellationToken cancellationToken)
    {
        await _ahead.WaitAsync(cancellationToken);
        try
        {
            return await work(cancellationToken);
        }
        catch (Wheelhouse.Errors.WheelhouseException)
        {
            return default;
        }
        finally
        {
            _ahead.Release();
        }
    }

    private static Uri Bare(Uri url) => url.UserInfo.Length == 0 && url.Fragment.Length == 0
        ? url
        : new UriBuilder(url) { UserName = "", Password = "", Fragment = "" }.Uri;
}
