namespace ComposePipCache.Build.Engine;

/// <summary>How bytes travel to an engine.</summary>
public enum EngineTransport
{
    UnixSocket,
    Tcp,
    NamedPipe,

    /// <summary>An ssh process that runs <c>docker system dial-stdio</c> on the other side.</summary>
    Ssh,
}
