using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.BuildKit.Gateway;

/// <summary>
/// A process to run in a gateway container. Nothing is inherited from the image: give env, user and cwd.
/// </summary>
public sealed record ProcessRequest
{
    /// <summary>Arguments, environment, directory and user.</summary>
    public required Meta Meta { get; init; }

    /// <summary>Secrets that become environment variables (BuildKit 0.12 and later).</summary>
    public IReadOnlyList<SecretEnv> SecretEnvironment { get; init; } = [];

    /// <summary>Copied to the process and closed; null closes it at once.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Receives what the process writes; null drops it.</summary>
    public Stream? StandardOutput { get; init; }

    /// <summary>Receives what the process writes to its error stream; null drops it.</summary>
    public Stream? StandardError { get; init; }
}
