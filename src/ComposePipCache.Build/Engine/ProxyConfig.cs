namespace ComposePipCache.Build.Engine;

/// <summary>One entry of <c>proxies</c> in config.json. URLs may carry passwords, so its text shows none.</summary>
public sealed record ProxyConfig
{
    public string? HttpProxy { get; init; }

    public string? HttpsProxy { get; init; }

    public string? NoProxy { get; init; }

    public string? FtpProxy { get; init; }

    public override string ToString() => "proxy settings (redacted)";
}
