using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>
/// An index page pip went on without: it says so in PIP_LOG alone. The project is the last part of the URL as the index
/// spells it; there is no cause where the index answered: 401, 403, 404.
/// </summary>
public sealed record PageFailure(string Url, string Project, NetworkCause? Cause, int? Status)
{
    private const string Start = "Could not fetch URL ";
    private const string End = " - skipping";

    /// <summary><c>Could not fetch URL https://host/simple/numpy/: 404 Client Error … - skipping</c>.</summary>
    internal static PageFailure? Parse(LogLine line)
    {
        if (!line.Starts(Start))
        {
            return null;
        }

        var rest = line.Text[Start.Length..];
        var colon = rest.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var url = rest[..colon];
        if (url.IndexOf(" (from ", StringComparison.Ordinal) is var from && from >= 0)
        {
            url = url[..from];
        }

        var reason = rest[(colon + 2)..].Replace(End, "", StringComparison.Ordinal);
        var status = StatusOf(reason);
        var cause = status is { } number
            ? NetworkCauses.OfStatus(number)
            : NetworkCauses.Of(reason) ?? NetworkCause.Unspecified;
        return new PageFailure(UrlCredentials.Remove(url), LastPart(url), cause, status);
    }

    private static int? StatusOf(string reason) =>
        reason.Contains(" Client Error", StringComparison.Ordinal) ||
        reason.Contains(" Server Error", StringComparison.Ordinal)
            ? NetworkCauses.StatusAfter(" " + reason, " ")
            : null;

    private static string LastPart(string url)
    {
        var path = url.TrimEnd('/');
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
