namespace ComposePipCache.Python.Commands;

/// <summary>Something in a step that stays online; the excerpt is for people and holds no credentials.</summary>
public sealed record OnlineAct(OnlineKind Kind, string Excerpt)
{
    private const int Limit = 100;

    internal static OnlineAct Of(OnlineKind kind, IEnumerable<string> words)
    {
        var text = UrlCredentials.Redact(string.Join(' ', words)).ReplaceLineEndings(" ");
        return new OnlineAct(kind, text.Length <= Limit ? text : string.Concat(text.AsSpan(0, Limit - 1), "…"));
    }
}
