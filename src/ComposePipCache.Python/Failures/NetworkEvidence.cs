namespace ComposePipCache.Python.Failures;

/// <summary>A line that tells of a network failure, and the host and URL it names; all without credentials.</summary>
public sealed record NetworkEvidence(
    NetworkCause Cause, EvidenceStrength Strength, EvidenceOrigin Origin, string Line, string? Host, string? Url)
{
    /// <summary>A few words for a message: "timed out", "name not resolved".</summary>
    public string Phrase => Cause.Phrase();
}
