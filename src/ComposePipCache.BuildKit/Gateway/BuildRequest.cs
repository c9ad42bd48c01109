using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.SourcePolicies;

namespace ComposePipCache.BuildKit.Gateway;

/// <summary>One build: what its result is exported to and what it may use.</summary>
public sealed record BuildRequest
{
    /// <summary>Names the build on the daemon; a second attempt needs a new one.</summary>
    public required string Ref { get; init; }

    /// <summary>The session whose directories, secrets and credentials the build uses.</summary>
    public required string SessionId { get; init; }

    /// <summary>Where the result goes; none leaves it in the build cache.</summary>
    public Exporter? Exporter { get; init; }

    /// <summary>Recorded in the daemon's build history; the gateway solve carries its own options.</summary>
    public IReadOnlyDictionary<string, string> FrontendAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Caches to import.</summary>
    public IReadOnlyList<CacheOptionsEntry> CacheImports { get; init; } = [];

    /// <summary>Caches to export.</summary>
    public IReadOnlyList<CacheOptionsEntry> CacheExports { get; init; } = [];

    /// <summary>Privileges granted, such as <c>network.host</c>.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>Rewrites or denies sources.</summary>
    public Policy? SourcePolicy { get; init; }
}
