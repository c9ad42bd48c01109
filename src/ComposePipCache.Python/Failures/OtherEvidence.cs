namespace ComposePipCache.Python.Failures;

/// <summary>
/// A line that tells of a failure with another reason than the network. It is not firm where a failed index page ends
/// in the same words.
/// </summary>
internal sealed record OtherEvidence(OtherCause Cause, string Line, bool IsFirm);
