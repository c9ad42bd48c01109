namespace ComposePipCache.TestIndex;

/// <summary>Which requests a rule is about; whatever is null does not matter.</summary>
public sealed record RequestMatch
{
    /// <summary>A glob over the decoded path: <c>*</c> stays within a segment, <c>**</c> does not.</summary>
    public string? Path { get; init; }

    public string? Project { get; init; }

    public RequestKind? Kind { get; init; }

    public string? Method { get; init; }

    /// <summary>True: only requests with a Range field; false: only those without.</summary>
    public bool? HasRange { get; init; }

    /// <summary>A glob over the User-Agent field.</summary>
    public string? UserAgent { get; init; }
}

/// <summary>A fault and when it strikes.</summary>
public sealed record FaultRule
{
    /// <summary>Chosen by the index when left out.</summary>
    public string? Id { get; init; }

    // set, not init: generated JSON code would put the type's default in the place of a member that is left out
    public RequestMatch Match { get; set; } = new();

    public FaultEffect Effect { get; set; } = new();

    /// <summary>So many matching requests are spared first.</summary>
    public int After { get; init; }

    /// <summary>Strikes so often at most; null is always.</summary>
    public int? Times { get; init; }

    public double Probability { get; set; } = 1;

    public int Seed { get; init; }
}

/// <summary>A rule and what it has seen so far.</summary>
public sealed record RuleStatus(FaultRule Rule, int Seen, int Fired);
