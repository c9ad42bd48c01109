using System.Globalization;
using ComposePipCache.Wheelhouse.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Sends a stored file, or the part of it that was asked for.</summary>
internal static class FileResponse
{
    private const int BufferSize = 256 * 1024;

    public static async Task SendAsync(HttpContext context, StoredFile file)
    {
        var response = context.Response;
        var etag = new EntityTagHeaderValue($"\"{file.Sha256}\"");
        response.Headers.ETag = etag.ToString();
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = "application/octet-stream";
        var (from, count) = Part(context.Request.GetTypedHeaders(), etag, file.Size);
        if (count <= 0 && file.Size > 0)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
            return;
        }

        if (count < file.Size)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {from}-{from + count - 1}/{file.Size}");
        }

        response.ContentLength = count;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await CopyAsync(file.Path, from, count, response.Body, context.RequestAborted);
        }
    }

    // Of several ranges at once nobody asks; the whole file is a valid answer to that.
    private static (long From, long Count) Part(RequestHeaders request, EntityTagHeaderValue etag, long size)
    {
        if (request.Range is not { Unit.Value: "bytes", Ranges.Count: 1 } asked
            || (request.IfRange is { } condition && condition.EntityTag?.Equals(etag) != true))
        {
            return (0, size);
        }

        var range = asked.Ranges.Single();
        if (range.From is not { } from)
        {
            var last = Math.Min(range.To ?? 0, size);
            return (size - last, last);
        }

        return (from, Math.Min(range.To ?? (size - 1), size - 1) - from + 1);
    }

    private static async Task CopyAsync(
        string path, long from, long count, Stream target, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        source.Position = from;
        var buffer = new byte[(int)Math.Min(BufferSize, count)];
        while (count > 0)
        {
            var wanted = (int)Math.Min(buffer.Length, count);
            await source.ReadExactlyAsync(buffer.AsMemory(0, wanted), cancellationToken);
            await target.WriteAsync(buffer.AsMemory(0, wanted), cancellationToken);
            count -= wanted;
        }
    }
}
