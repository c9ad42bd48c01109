namespace ComposePipCache.Build.Engine;

/// <summary>docker's global flags that choose an engine; null means the flag was not given.</summary>
public sealed record EngineSelection
{
    /// <summary>No flag at all: the environment and config.json decide.</summary>
    public static EngineSelection None { get; } = new();

    public string? Context { get; init; }

    public string? Host { get; init; }

    public bool? Tls { get; init; }

    public bool? TlsVerify { get; init; }

    public string? TlsCaCertificate { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }
}
