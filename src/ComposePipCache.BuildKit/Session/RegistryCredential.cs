namespace ComposePipCache.BuildKit.Session;

/// <summary>User and secret for a registry. Without a user the secret is an identity token.</summary>
public sealed record RegistryCredential(string UserName, string Secret)
{
    /// <summary>Never shows the secret.</summary>
    public override string ToString() => $"{UserName}:***";
}
