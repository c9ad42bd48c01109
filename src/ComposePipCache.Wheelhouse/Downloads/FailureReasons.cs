using System.Globalization;
using System.Net;
using System.Security.Authentication;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Tells what an answer or an error means for a download.</summary>
internal static class FailureReasons
{
    private const int RequestTimeout = 408;
    private const int TooEarly = 425;
    private const int TooManyRequests = 429;

    /// <summary>No index sends a package as a page of text; portals that want a login do.</summary>
    public static bool IsWebPage(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";

    /// <summary>An answer that is no file.</summary>
    public static DownloadFailure Of(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var kind = status switch
        {
            TooManyRequests => DownloadFailureKind.RateLimited,
            RequestTimeout or TooEarly or >= 500 => DownloadFailureKind.ServerError,
            _ => DownloadFailureKind.Refused,
        };
        var name = Enum.IsDefined(response.StatusCode) ? $" ({Words(response.StatusCode)})" : "";
        var reason = string.Create(CultureInfo.InvariantCulture, $"the server answers {status}{name}");
        return new DownloadFailure(kind, reason)
        {
            Status = status,
            Pause = response.Headers.RetryAfter?.Delta ?? Until(response),
        };
    }

    /// <summary>A connection that did not come about or did not last.</summary>
    public static DownloadFailure Of(Exception error, bool hasBegun)
    {
        var cause = error.GetBaseException();
        var kind = error switch
        {
            HttpRequestException when cause is AuthenticationException => DownloadFailureKind.Untrusted,
            HttpRequestException { HttpRequestError: not HttpRequestError.ResponseEnded } =>
                DownloadFailureKind.Unreachable,
            _ => DownloadFailureKind.Interrupted,
        };
        var reason = kind == DownloadFailureKind.Interrupted && hasBegun ? "the connection ended early" : cause.Message;
        return new DownloadFailure(kind, reason, error);
    }

    // By the server's own clock, so that ours may be wrong.
    private static TimeSpan? Until(HttpResponseMessage response) =>
        response.Headers is { RetryAfter.Date: { } date, Date: { } now } && date > now ? date - now : null;

    private static string Words(HttpStatusCode status) => string.Concat(status.ToString().Select(
        (letter, index) => index > 0 && char.IsUpper(letter) ? " " + letter : letter.ToString()));
}
