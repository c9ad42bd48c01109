namespace ComposePipCache.BuildKit.Connection;

/// <summary>How long the client waits before it calls a daemon dead.</summary>
public sealed record ConnectionTimeouts
{
    /// <summary>
    /// For the upgrade, Info, ListWorkers, Ping and Return: calls that a healthy daemon answers at once.
    /// </summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// For what a finished or failed build leaves open on the daemon's side: its answer and its status stream.
    /// </summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Silence on the connection after which an HTTP/2 ping is sent while a call is open.</summary>
    public TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long that ping may go unanswered.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
