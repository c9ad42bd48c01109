namespace ComposePipCache.Build.Engine;

/// <summary>PEM data for TLS to an engine, as read from disk. Its text never shows the key.</summary>
public sealed record TlsMaterial
{
    /// <summary>Where the data came from, for messages.</summary>
    public required string Source { get; init; }

    public string? CaPem { get; init; }

    public string? CertificatePem { get; init; }

    public string? KeyPem { get; init; }

    /// <summary>Accept whatever certificate the engine shows.</summary>
    public bool IsVerificationSkipped { get; init; }

    public override string ToString() => $"TLS material of {Source}";
}
