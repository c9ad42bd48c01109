using System.Globalization;
using System.Text;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.TestIndex.Http;
using ComposePipCache.TestIndex.Pages;

namespace ComposePipCache.TestIndex.Serving;

/// <summary>The honest index: from a request to the answer the public index would give.</summary>
internal sealed class Responder(PackageCatalog catalog, ResponderOptions options)
{
    public Response Respond(RequestHead head, Route route, Reluctance reluctance)
    {
        if (head.Method is not ("GET" or "HEAD"))
        {
            return Response.Text(405, "only GET and HEAD").With("Allow", "GET, HEAD");
        }

        var response = Answer(head, route, reluctance);
        return head.Method == "HEAD" ? response with { IsBodiless = true } : response;
    }

    private Response Answer(RequestHead head, Route route, Reluctance reluctance)
    {
        if (route.Flavour is { IsPrivate: true } && head["Authorization"] != Credentials())
        {
            return Response.Text(401, "a user name and a password are needed")
                .With("WWW-Authenticate", "Basic realm=\"private\"");
        }

        if (route.RedirectTo is { } place)
        {
            var target = head.Query.Length > 0 ? $"{place}?{head.Query}" : place;
            return Response.Text(301, "moved").With("Location", target);
        }

        return route.Kind switch
        {
            RequestKind.List or RequestKind.Page => AnswerPage(head, route, reluctance),
            RequestKind.File or RequestKind.Metadata => AnswerFile(head, route, reluctance),
            _ => Response.Text(404, "404 Not Found"),
        };
    }

    private Response AnswerPage(RequestHead head, Route route, Reluctance reluctance)
    {
        var format = route.Flavour!.HasJson
            ? Negotiation.Choose(head["Accept"], head.QueryValue("format"))
            : PageFormat.Html;
        var key = new PageKey(route.Flavour, route.Project, format, options.FilesUrl ?? options.Scheme + head["Host"]);
        if (PageRenderer.Render(catalog, key) is not { } page)
        {
            return Response.Text(404, "404 Not Found");
        }

        var isGzip = Negotiation.AcceptsGzip(head["Accept-Encoding"]);
        var tag = reluctance.ETag ?? (isGzip ? $"W/{page.Tag}" : page.Tag);
        var response = Conditions.IsUnchanged(head, tag)
            ? new Response(304) { IsBodiless = true }
            : Response.Of(200, isGzip ? page.Gzip : page.Bytes, format.ContentType());
        response = response
            .With("ETag", tag)
            .With("Cache-Control", "max-age=600, public")
            .With("Vary", "Accept, Accept-Encoding")
            .With("X-PyPI-Last-Serial", page.Serial.ToString(CultureInfo.InvariantCulture));
        return isGzip && response.Status == 200 ? response.With("Content-Encoding", "gzip") : response;
    }

    private Response AnswerFile(RequestHead head, Route route, Reluctance reluctance)
    {
        var isMetadata = route.Kind == RequestKind.Metadata;
        if (catalog.Find(route.Location!) is not { } file
            || (isMetadata && (file.MetadataSha256 is null || !route.Flavour!.HasMetadata)))
        {
            return Response.Text(404, "404 Not Found");
        }

        var body = isMetadata ? file.Content.OpenMetadata() : file.Content.OpenFile();
        var tag = reluctance.ETag ?? (isMetadata ? $"\"{file.MetadataSha256![..32]}\"" : file.ETag);
        var response = Conditions.IsUnchanged(head, tag)
            ? new Response(304) { IsBodiless = true }
            : Slice(head, body, tag, file.UploadTime, reluctance);
        response = response
            .With("ETag", tag)
            .With("Last-Modified", file.UploadTime.ToString("R", CultureInfo.InvariantCulture))
            .With("Cache-Control", "max-age=365000000, immutable, public")
            .With("X-PyPI-File-Project", file.Project)
            .With("X-PyPI-File-Version", file.Version)
            .With("X-PyPI-File-Package-Type", file.MetadataSha256 is null ? "sdist" : "bdist_wheel");
        return reluctance.RefusesRange ? response : response.With("Accept-Ranges", "bytes");
    }

    private static Response Slice(
        RequestHead head, Body body, string tag, DateTimeOffset modified, Reluctance reluctance)
    {
        var honoursRange = !reluctance.RefusesRange && Conditions.AllowsRange(head, tag, modified);
        var range = ByteRange.Resolve(honoursRange ? head["Range"] : null, body.Length);
        if (!range.IsSatisfiable)
        {
            return Response.Text(416, "416 Range Not Satisfiable").With("Content-Range", $"bytes */{body.Length}");
        }

        var response = new Response(range.IsPartial ? 206 : 200)
        {
            Body = body,
            Offset = range.Offset,
            Count = range.Count,
        }.With("Content-Type", "application/octet-stream");
        var last = range.Offset + range.Count - 1;
        return range.IsPartial
            ? response.With("Content-Range", $"bytes {range.Offset}-{last}/{body.Length}")
            : response;
    }

    private string Credentials() =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(options.PrivateCredentials));
}

/// <summary>What the responder knows of its surroundings.</summary>
internal sealed record ResponderOptions(string Scheme, string? FilesUrl, string PrivateCredentials);

/// <summary>Faults that change the answer itself rather than its transmission.</summary>
internal sealed record Reluctance(bool RefusesRange = false, string? ETag = null);
