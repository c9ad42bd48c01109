namespace ComposePipCache.TestIndex;

/// <summary>What one file, page or connection has cost.</summary>
public sealed record Tally
{
    public int Requests { get; init; }

    /// <summary>Body bytes that really left, also of aborted answers.</summary>
    public long BodyBytes { get; init; }

    /// <summary>Answers that were sent to their end.</summary>
    public int Complete { get; init; }

    internal Tally Plus(RequestEntry entry) => new()
    {
        Requests = Requests + 1,
        BodyBytes = BodyBytes + entry.BodyBytes,
        Complete = Complete + (entry.Outcome == Outcome.Complete ? 1 : 0),
    };
}

/// <summary>What one connection has carried, heads included.</summary>
public sealed record ConnectionTally(long Id, int Requests, long Bytes, bool IsOpen);

/// <summary>All counters since the last reset.</summary>
public sealed record Snapshot
{
    private static readonly Dictionary<string, Tally> Empty = new(StringComparer.Ordinal);

    public Tally Total { get; init; } = new();

    public IReadOnlyDictionary<RequestKind, Tally> Kinds { get; init; } = new Dictionary<RequestKind, Tally>();

    /// <summary>By file name.</summary>
    public IReadOnlyDictionary<string, Tally> Files { get; init; } = Empty;

    /// <summary>By the name of the file that the metadata is of.</summary>
    public IReadOnlyDictionary<string, Tally> Metadata { get; init; } = Empty;

    /// <summary>By path.</summary>
    public IReadOnlyDictionary<string, Tally> Pages { get; init; } = Empty;

    public IReadOnlyList<ConnectionTally> Connections { get; init; } = [];

    /// <summary>Of one kind of request, zeros if there was none.</summary>
    public Tally Of(RequestKind kind) => Kinds.GetValueOrDefault(kind) ?? new Tally();

    /// <summary>Of one file, zeros if it was never asked for.</summary>
    public Tally OfFile(string name) => Files.GetValueOrDefault(name) ?? new Tally();
}
