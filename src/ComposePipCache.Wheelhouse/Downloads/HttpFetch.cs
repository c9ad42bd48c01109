using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Asks for a file, or the rest of one, and goes where the server says.</summary>
internal sealed class HttpFetch(HttpMessageInvoker client, DownloadRequest request)
{
    private const int MostRedirects = 5;

    /// <exception cref="RedirectException">The server sends us where we do not go.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        long offset, string? etag, bool isPastCaches, CancellationToken cancellationToken)
    {
        var url = request.Url;
        for (var redirect = 0; redirect <= MostRedirects; redirect++)
        {
            using var message = Message(url, isPastCaches);
            if (offset > 0)
            {
                message.Headers.Range = new RangeHeaderValue(offset, to: null);
                message.Headers.IfRange = etag is null ? null : new RangeConditionHeaderValue(etag);
            }

            var response = await client.SendAsync(message, cancellationToken);
            if (!IsRedirect(response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                url = Target(url, response.Headers.Location);
            }
        }

        throw new RedirectException($"the server redirects more than {MostRedirects} times");
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private HttpRequestMessage Message(Uri url, bool isPastCaches)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, WithoutUser(url));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("docker-pipcache", productVersion: null));
        // What was packed along the way could not be resumed.
        message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        message.Headers.CacheControl = isPastCaches ? new CacheControlHeaderValue { NoCache = true } : null;
        if (IsSameServer(url, request.Url) && Credentials() is { } credentials)
        {
            var pair = Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}");
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        }

        return message;
    }

    // A promised digest stands against any line.
    private Uri Target(Uri from, Uri? location)
    {
        if (location is null)
        {
            throw new RedirectException("the server redirects to nowhere");
        }

        var target = new Uri(from, location);
        if (target.Scheme != Uri.UriSchemeHttp && target.Scheme != Uri.UriSchemeHttps)
        {
            throw new RedirectException($"the server redirects to a {target.Scheme}: address");
        }

        return target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttps && request.Sha256 is null
            ? throw new RedirectException("the server redirects from https to http, and no digest was promised")
            : target;
    }

    private DownloadCredentials? Credentials()
    {
        if (request.Credentials is not null || request.Url.UserInfo.Length == 0)
        {
            return request.Credentials;
        }

        var parts = request.Url.UserInfo.Split(':', 2);
        return new DownloadCredentials(
            Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }

    private static bool IsSameServer(Uri one, Uri other) => 0 == Uri.Compare(
        one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase);

    private static Uri WithoutUser(Uri url) => url.UserInfo.Length == 0
        ? url
        : new UriBuilder(url) { UserName = "", Password = "" }.Uri;
}
