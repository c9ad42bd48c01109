using System.Text.Json.Serialization;

namespace ComposePipCache.TestIndex;

/// <summary>How a connection ends, or does not, in the middle of an answer.</summary>
public enum Cut
{
    /// <summary>An RST: the client reads what arrived, then an error.</summary>
    Reset,

    /// <summary>A FIN, as a server does that stops in the middle of a body.</summary>
    Close,

    /// <summary>Silence on an open connection.</summary>
    Stall,
}

/// <summary>How the end of a body is told.</summary>
public enum Framing
{
    ContentLength,
    Chunked,
    UntilClose,
}

/// <summary>What goes wrong with an answer; whatever is null stays as it should be.</summary>
public sealed record FaultEffect
{
    /// <summary>All transmissions under one rule share this rate, like a slow link.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>A wait before the first byte of the answer.</summary>
    public int? DelayMilliseconds { get; init; }

    /// <summary>Another status with a short text instead of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>The Retry-After field that goes with <see cref="Status"/>.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>200 with an HTML page to log in, whatever was asked for.</summary>
    public bool? CaptivePortal { get; init; }

    public Cut? Cut { get; init; }

    /// <summary>Body bytes before <see cref="Cut"/>; 0 is after the head, null before any answer.</summary>
    public long? CutAfterBytes { get; init; }

    /// <summary>With <see cref="CutAfterBytes"/>: the place is drawn between the two, from the rule's seed.</summary>
    public long? CutBeforeBytes { get; init; }

    /// <summary>A stall of this length, after which the answer goes on.</summary>
    public int? StallMilliseconds { get; init; }

    /// <summary>The byte at this position of the file is inverted.</summary>
    public long? FlipAt { get; init; }

    /// <summary>Bytes more (junk) or less at the end of the body, with a Content-Length that agrees.</summary>
    public int? BodyDelta { get; init; }

    /// <summary>What Content-Length tells more or less than is sent.</summary>
    public int? ContentLengthDelta { get; init; }

    public Framing? Framing { get; init; }

    /// <summary>Range fields are ignored, Accept-Ranges is not sent.</summary>
    public bool? RefuseRange { get; init; }

    /// <summary>Another entity tag; <c>{n}</c> becomes the number of the firing.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Shifts the positions in Content-Range; the body stays.</summary>
    public int? ContentRangeDelta { get; init; }

    /// <summary>Fields to set; an empty value removes the field.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>The whole index goes away before it answers.</summary>
    public bool? GoAway { get; init; }

    /// <summary>This effect, completed by another where this one says nothing.</summary>
    internal FaultEffect Or(FaultEffect other) => new()
    {
        BytesPerSecond = BytesPerSecond ?? other.BytesPerSecond,
        DelayMilliseconds = DelayMilliseconds ?? other.DelayMilliseconds,
        Status = Status ?? other.Status,
        RetryAfter = RetryAfter ?? other.RetryAfter,
        CaptivePortal = CaptivePortal ?? other.CaptivePortal,
        Cut = Cut ?? other.Cut,
        CutAfterBytes = Cut is null ? other.CutAfterBytes : CutAfterBytes,
        CutBeforeBytes = Cut is null ? other.CutBeforeBytes : CutBeforeBytes,
        StallMilliseconds = Cut is null ? other.StallMilliseconds : StallMilliseconds,
        FlipAt = FlipAt ?? other.FlipAt,
        BodyDelta = BodyDelta ?? other.BodyDelta,
        ContentLengthDelta = ContentLengthDelta ?? other.ContentLengthDelta,
        Framing = Framing ?? other.Framing,
        RefuseRange = RefuseRange ?? other.RefuseRange,
        ETag = ETag ?? other.ETag,
        ContentRangeDelta = ContentRangeDelta ?? other.ContentRangeDelta,
        Fields = Fields ?? other.Fields,
        GoAway = GoAway ?? other.GoAway,
    };
}
