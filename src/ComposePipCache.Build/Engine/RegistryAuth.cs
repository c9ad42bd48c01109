namespace ComposePipCache.Build.Engine;

/// <summary>One entry of <c>auths</c> in config.json, as written. Its text never shows a secret.</summary>
public sealed record RegistryAuth
{
    /// <summary>Base64 of <c>user:password</c>.</summary>
    public string? Encoded { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? IdentityToken { get; init; }

    public string? RegistryToken { get; init; }

    public override string ToString() => "registry auth (redacted)";
}
