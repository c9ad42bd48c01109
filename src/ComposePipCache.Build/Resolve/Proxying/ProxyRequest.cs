using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>Reads what a client of a proxy asks for.</summary>
internal static class ProxyRequest
{
    /// <summary>The whole URL; null for a request that is not one to a proxy.</summary>
    public static Uri? UrlOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (context.Features.Get<Tunnel>() is { } tunnel)
        {
            return target.StartsWith('/') ? tunnel.UrlOf(target) : null;
        }

        return Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp ? url : null;
    }

    /// <summary>Whoever has a tunnel has shown the key already.</summary>
    public static bool IsAllowed(HttpContext context, ProxyKey key) =>
        context.Features.Get<Tunnel>() is not null || key.Opens(context.Request.Headers.ProxyAuthorization);
}
