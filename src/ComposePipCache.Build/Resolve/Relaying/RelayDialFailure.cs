namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>Why an address cannot be reached from inside the container.</summary>
public enum RelayDialFailure
{
    NameNotResolved,
    Refused,
    TimedOut,
    Other,
}
