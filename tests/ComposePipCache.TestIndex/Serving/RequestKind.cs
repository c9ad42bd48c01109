namespace ComposePipCache.TestIndex;

/// <summary>The kinds of requests that counters and fault rules tell apart.</summary>
public enum RequestKind
{
    Other,
    List,
    Page,
    Metadata,
    File,
}
