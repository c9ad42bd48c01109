using System.Buffers;
using System.Net;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Brings one part forward until it is whole or the attempt fails.</summary>
internal sealed class DownloadAttempt(
    HttpFetch fetch, DownloadRequest request, PartFile part, RecordFolder<PartJournal> journals)
{
    private const int BufferSize = 128 * 1024;

    private readonly string _key = PartFolder.KeyOf(request);

    /// <summary>What the part is of, as the server told last.</summary>
    public PartJournal? Journal { get; set; }

    /// <summary>Null when the part is whole.</summary>
    public async Task<DownloadFailure?> RunAsync(
        bool isPastCaches, StallWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            watch.Touch();
            using var response = await fetch.SendAsync(part.Length, Journal?.ETag, isPastCaches, watch.Token);
            return await TakeAsync(response, watch);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            return new DownloadFailure(DownloadFailureKind.TimedOut, "the server sends nothing", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return FailureReasons.Of(error, hasBegun: part.Length > 0);
        }
        catch (RedirectException error)
        {
            return new DownloadFailure(DownloadFailureKind.BadRedirect, error.Message);
        }
    }

    private async Task<DownloadFailure?> TakeAsync(HttpResponseMessage response, StallWatch watch)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK when FailureReasons.IsWebPage(response):
                return new DownloadFailure(DownloadFailureKind.WebPage, "a web page came in its place");

            case HttpStatusCode.OK:
                part.Reset();
                await KeepAsync(response, response.Content.Headers.ContentLength, watch.Token);
                return await ReadAsync(response, watch);

            case HttpStatusCode.PartialContent when IsOurRest(response):
                await KeepAsync(response, range!.Length, watch.Token);
                return await ReadAsync(response, watch);

            // A length that was announced too long: the part is whole, its digest has to tell.
            case HttpStatusCode.RequestedRangeNotSatisfiable when part.Length > 0 && range?.Length == part.Length:
                return null;

            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Reset();
                return new DownloadFailure(DownloadFailureKind.Changed, "the server sends another part than asked for");

            default:
                return FailureReasons.Of(response);
        }
    }

    private bool IsOurRest(HttpResponseMessage response) =>
        response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from } range
        && part.Length > 0
        && from == part.Length
        && (Journal?.Length is null || range.Length is null || range.Length == Journal.Length)
        && (Journal?.ETag is null || response.Headers.ETag is null || response.Headers.ETag.ToString() == Journal.ETag);

    private async Task KeepAsync(HttpResponseMessage response, long? length, CancellationToken cancellationToken)
    {
        var journal = new PartJournal
        {
            FileName = request.FileName,
            Url = PublicUrl.Of(request.Url.AbsoluteUri) ?? "",
            ETag = response.Headers.ETag is { IsWeak: false } etag ? etag.ToString() : null,
            Length = length,
        };
        if (journal != Journal)
        {
            await journals.WriteAsync(_key, journal, cancellationToken);
            Journal = journal;
        }
    }

    private async Task<DownloadFailure?> ReadAsync(HttpResponseMessage response, StallWatch watch)
    {
        var total = Journal!.Length;
        request.Progress?.Report(new DownloadProgress(part.Length, total));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(watch.Token);
            while (await body.ReadAsync(buffer, watch.Token) is var count and > 0)
            {
                watch.Touch();
                await part.AppendAsync(buffer.AsMemory(0, count), total, watch.Token);
                request.Progress?.Report(new DownloadProgress(part.Length, total));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return total is null || part.Length == total ? null : WrongLength();
    }

    private DownloadFailure WrongLength()
    {
        if (part.Length < Journal!.Length)
        {
            return new DownloadFailure(DownloadFailureKind.Interrupted, "the connection ended early");
        }

        part.Reset();
        return new DownloadFailure(DownloadFailureKind.Changed, "the server sent more than it announced");
    }
}
