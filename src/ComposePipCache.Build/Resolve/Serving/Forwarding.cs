using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Passes a request on, and its answer back, as they are.</summary>
internal static class Forwarding
{
    // Of one connection, not of the message (RFC 9110, 7.6.1).
    private static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Host",
    };

    public static async Task RunAsync(HttpContext context, Uri url, HttpMessageInvoker client)
    {
        using var message = new HttpRequestMessage(new HttpMethod(context.Request.Method), url);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            message.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !OfConnection.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await client.SendAsync(message, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        Copy(answer.Headers, context.Response);
        Copy(answer.Content.Headers, context.Response);
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static void Copy(HttpHeaders from, HttpResponse to)
    {
        foreach (var (name, values) in from.NonValidated.Where(header => !OfConnection.Contains(header.Key)))
        {
            to.Headers[name] = values.ToArray();
        }
    }
}
