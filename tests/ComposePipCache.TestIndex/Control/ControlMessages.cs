namespace ComposePipCache.TestIndex.Control;

/// <summary>Body of <c>POST /mode</c>; the cut is for the way to be away.</summary>
public sealed record ModeChange(ServingMode Mode, Cut Cut = Cut.Reset);

/// <summary>Body of <c>POST /tls</c>.</summary>
public sealed record TlsChange(TlsMode Mode);

/// <summary>Answer to <c>POST /faults</c>.</summary>
public sealed record RuleAdded(string Id);

/// <summary>Answer to what failed, and to what has nothing to tell.</summary>
public sealed record ControlAnswer(bool Ok, string? Error = null);

/// <summary>Body of <c>POST /wait</c>: holds until every count that is given is reached.</summary>
public sealed record WaitFor
{
    /// <summary>Null counts all kinds together.</summary>
    public RequestKind? Kind { get; init; }

    public int Requests { get; init; }

    public int Complete { get; init; }

    public long BodyBytes { get; init; }

    internal bool IsReached(Snapshot snapshot)
    {
        var tally = Kind is { } kind ? snapshot.Of(kind) : snapshot.Total;
        return tally.Requests >= Requests && tally.Complete >= Complete && tally.BodyBytes >= BodyBytes;
    }
}
