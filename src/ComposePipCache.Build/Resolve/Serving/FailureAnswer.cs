using System.Collections.Concurrent;
using System.Text;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Index;
using ComposePipCache.Wheelhouse.Locks;
using Microsoft.AspNetCore.Http;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Tells pip, and whoever asks later, that something could not be had.</summary>
internal static class FailureAnswer
{
    public static bool IsExpected(Exception error) =>
        error is WheelhouseException or HttpRequestException or IOException or OperationCanceledException;

    public static async Task SendAsync(
        HttpContext context, Uri url, Exception error, ConcurrentQueue<OriginFailure> failures)
    {
        if (error is OperationCanceledException || context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        if (error is DownloadException { Status: >= 400 and < 500 and not 408 and not 425 and not 429 } refusal)
        {
            // pip has its own way with these: it shows credentials, or takes another file.
            context.Response.StatusCode = refusal.Status.Value;
            return;
        }

        var failure = FailureOf(url, error);
        failures.Enqueue(failure);
        context.Response.StatusCode = failure.Cause is null
            ? StatusCodes.Status502BadGateway
            : StatusCodes.Status504GatewayTimeout;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var text = Encoding.UTF8.GetBytes($"docker pipcache: {failure.Problem.What}: {failure.Message}\n");
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }

    private static OriginFailure FailureOf(Uri url, Exception error)
    {
        var origin = Credentials.OriginOf(url);
        return error switch
        {
            DownloadException download => new(origin, download.Kind, download.Problem),
            DocumentException document => new(origin, document.Kind, document.Problem),
            WheelhouseException wheelhouse => new(origin, null, wheelhouse.Problem),
            _ => new(origin, DownloadFailureKind.Unreachable, new WheelhouseProblem(
                "index-unreachable",
                $"cannot reach {PublicUrl.Of(url.AbsoluteUri) ?? origin}",
                error.GetBaseException().Message,
                "check the network, then run the command again")),
        };
    }
}
