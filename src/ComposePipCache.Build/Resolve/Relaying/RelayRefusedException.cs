namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>The script could not do what it was told; the message is the reason, without a name.</summary>
public sealed class RelayRefusedException(string reason) : IOException(reason)
{
    /// <summary>What it means for a connection.</summary>
    public RelayDialFailure Failure => Message switch
    {
        "name not resolved" => RelayDialFailure.NameNotResolved,
        "connection refused" => RelayDialFailure.Refused,
        "timed out" or "connection timed out" => RelayDialFailure.TimedOut,
        _ => RelayDialFailure.Other,
    };
}
