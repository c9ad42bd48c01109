namespace ComposePipCache.TestIndex;

/// <summary>The line to the index; nulls are no limit.</summary>
/// <param name="BytesPerSecond">Shared by all connections.</param>
/// <param name="LatencyMilliseconds">Before each answer.</param>
public sealed record LinkSettings(long? BytesPerSecond = null, int? LatencyMilliseconds = null);

/// <summary>How the index as a whole behaves.</summary>
public enum ServingMode
{
    Serving,

    /// <summary>Connections are accepted, nothing moves; on return all goes on where it stood.</summary>
    Paused,

    /// <summary>As if packets were dropped: new connections hang, old ones are silent.</summary>
    NotAccepting,

    /// <summary>Nothing listens and all connections were cut.</summary>
    Away,
}

/// <summary>What the TLS port does.</summary>
public enum TlsMode
{
    /// <summary>A self-signed certificate that is in order for who trusts it.</summary>
    Valid,

    Expired,

    WrongHost,

    /// <summary>A reset in place of the handshake.</summary>
    Abort,

    /// <summary>No answer to the handshake.</summary>
    Stall,
}
