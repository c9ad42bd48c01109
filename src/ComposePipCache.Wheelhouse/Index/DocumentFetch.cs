using System.Globalization;
using System.IO.Compression;
using System.Net;
using ComposePipCache.Wheelhouse.Downloads;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>One request for a document, and what came of it.</summary>
internal sealed class DocumentFetch(HttpMessageInvoker client, DocumentRequest request)
{
    private const int BufferSize = 64 * 1024;
    private const int LargestBody = 256 * 1024 * 1024;

    /// <summary>Asks whether a kept document is still the server's, or for a new one.</summary>
    /// <returns>The answer, with status 304 when the kept one stands; or why there is none worth passing on.</returns>
    public async Task<(DocumentAnswer? Answer, DownloadFailure? Failure)> SendAsync(
        DocumentAnswer? kept, bool isPastCaches, StallWatch watch)
    {
        using var message = Message(kept, isPastCaches);
        watch.Touch();
        using var response = await client.SendAsync(message, watch.Token);
        if (FailureReasons.Of(response) is { IsWorthRetrying: true } failure)
        {
            return (null, failure);
        }

        var headers = response.Content.Headers;
        var body = response.StatusCode == HttpStatusCode.NotModified ? default : await ReadAsync(response, watch);
        var answer = new DocumentAnswer((int)response.StatusCode, headers.ContentType?.ToString(), body)
        {
            ETag = response.Headers.ETag?.ToString(),
            LastModified = headers.LastModified?.ToString("R", CultureInfo.InvariantCulture),
            Location = response.Headers.Location?.OriginalString,
            Challenge = response.Headers.WwwAuthenticate.FirstOrDefault()?.ToString(),
        };
        return (answer, null);
    }

    private HttpRequestMessage Message(DocumentAnswer? kept, bool isPastCaches)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, request.Url);
        Add(message, "User-Agent", "docker-pipcache");
        Add(message, "Accept-Encoding", "gzip");
        Add(message, "Accept", request.Accept);
        Add(message, "Authorization", request.Authorization);
        Add(message, "If-None-Match", kept?.ETag);
        Add(message, "If-Modified-Since", kept?.LastModified);
        // A proxy on the way may think it young enough.
        Add(message, "Cache-Control", isPastCaches ? "no-cache" : "max-age=0");
        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (value is not null)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, StallWatch watch)
    {
        await using var raw = await response.Content.ReadAsStreamAsync(watch.Token);
        await using var body = IsPacked(response) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var content = new MemoryStream();
        var buffer = new byte[BufferSize];
        while (await body.ReadAsync(buffer, watch.Token) is var count and > 0)
        {
            watch.Touch();
            await content.WriteAsync(buffer.AsMemory(0, count), watch.Token);
            if (content.Length > LargestBody)
            {
                throw new InvalidDataException("the page does not end");
            }
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static bool IsPacked(HttpResponseMessage response) =>
        response.Content.Headers.ContentEncoding.Any(one => one is "gzip" or "x-gzip");
}
