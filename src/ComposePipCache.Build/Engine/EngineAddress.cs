namespace ComposePipCache.Build.Engine;

/// <summary>The parts of a docker host string such as <c>unix:///run/docker.sock</c> or <c>ssh://me@box</c>.</summary>
/// <param name="Text">The whole of it, in docker's normal form.</param>
/// <param name="Transport">Says how to read <paramref name="Name"/>.</param>
/// <param name="Name">A socket path, a pipe path or a host name.</param>
public sealed record EngineAddress(string Text, EngineTransport Transport, string Name)
{
    /// <summary>Zero where the transport has no port or none was given.</summary>
    public int Port { get; init; }

    /// <summary>For ssh, whom to log in as.</summary>
    public string? User { get; init; }

    /// <summary>For tcp a prefix of request paths, for ssh the socket on the other side; else empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>The engine of this machine.</summary>
    public static EngineAddress Local => OperatingSystem.IsWindows()
        ? EngineAddressParser.Parse("npipe://")
        : EngineAddressParser.Parse("unix://");

    /// <exception cref="PipCacheException">The text is no docker host.</exception>
    public static EngineAddress Parse(string text) => EngineAddressParser.Parse(text.Trim());

    public override string ToString() => Text;
}
