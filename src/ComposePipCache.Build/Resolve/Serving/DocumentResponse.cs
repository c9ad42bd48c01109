using ComposePipCache.Wheelhouse.Index;
using Microsoft.AspNetCore.Http;

namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Sends a page, or what a server said in its place.</summary>
internal static class DocumentResponse
{
    public static async Task SendAsync(HttpContext context, DocumentAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.Location = answer.Location;
        response.Headers.WWWAuthenticate = answer.Challenge;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
