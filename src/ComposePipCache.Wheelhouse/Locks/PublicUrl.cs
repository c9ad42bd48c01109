namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>A URL as it may be kept and shown: without user, password, query and fragment.</summary>
/// <remarks>A query goes as a whole, because tokens and signatures travel there under any name.</remarks>
public static class PublicUrl
{
    internal const string Unreadable = "(unreadable URL)";

    /// <summary>Null for a text that is no URL; showing such a text could show a password.</summary>
    public static string? Of(string url)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var parsed) || parsed.Scheme.Length == 0)
        {
            return null;
        }

        return parsed.IsFile || parsed.Host.Length > 0
            ? parsed.GetComponents(
                UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : null;
    }
}
