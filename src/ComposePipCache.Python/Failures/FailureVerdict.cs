namespace ComposePipCache.Python.Failures;

/// <summary>Why a step failed, as far as its output tells.</summary>
public abstract record FailureVerdict
{
    private FailureVerdict()
    {
    }

    /// <summary>The network failed: going on offline, or trying again, has a point.</summary>
    public sealed record Network(NetworkEvidence Evidence) : FailureVerdict
    {
        public NetworkCause Cause => Evidence.Cause;
    }

    /// <summary>It would fail again. The evidence has no credentials; it is empty where the exit code tells.</summary>
    public sealed record NotNetwork(OtherCause Cause, string Evidence) : FailureVerdict;

    /// <summary>Nothing known is in the output. Without PIP_LOG an index that answers 503 looks so, too.</summary>
    public sealed record Unknown : FailureVerdict;
}
