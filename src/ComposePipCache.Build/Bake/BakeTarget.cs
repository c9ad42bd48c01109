namespace ComposePipCache.Build.Bake;

/// <summary>One image to build, in bake's own terms.</summary>
public sealed record BakeTarget
{
    /// <summary>The target's name: the service's, with dots turned into underscores.</summary>
    public required string Name { get; init; }

    /// <summary>A directory, or the URL of a remote context.</summary>
    public string Context { get; init; } = ".";

    /// <summary>Named contexts: directories, <c>docker-image://…</c>, <c>target:…</c>, URLs.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } = new Dictionary<string, string>();

    /// <summary>Path of the Dockerfile; empty for the default.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>The Dockerfile's text, when compose gives it instead of a path.</summary>
    public string DockerfileInline { get; init; } = "";

    /// <summary>Build arguments.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    /// <summary>Image labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Image names.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The stage to build; empty for the last.</summary>
    public string Target { get; init; } = "";

    /// <summary>Caches to import, as <c>type=…,ref=…</c> or a bare reference.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Caches to export.</summary>
    public IReadOnlyList<string> CacheTo { get; init; } = [];

    /// <summary>Secrets, as <c>id=…,type=file,src=…</c> or <c>id=…,type=env,env=…</c>.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Platforms such as <c>linux/amd64</c>.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Look for newer base images.</summary>
    public bool IsPullForced { get; init; }

    /// <summary>Run every step again.</summary>
    public bool IsCacheIgnored { get; init; }

    /// <summary>Stages to run again.</summary>
    public IReadOnlyList<string> NoCacheFilter { get; init; } = [];

    /// <summary><c>host</c>, <c>none</c>, <c>default</c> or empty.</summary>
    public string Network { get; init; } = "";

    /// <summary>Size of /dev/shm in bytes; 0 for the daemon's default.</summary>
    public long ShmSize { get; init; }

    /// <summary>Limits, as <c>name=soft:hard</c>.</summary>
    public IReadOnlyList<string> Ulimits { get; init; } = [];

    /// <summary>Privileges asked for, such as <c>security.insecure</c>.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>Host names and addresses for the steps.</summary>
    public IReadOnlyDictionary<string, string> ExtraHosts { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Where the image goes, as <c>type=docker</c>, <c>type=registry</c>, <c>type=image,push=true</c>.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Attestations, as <c>type=provenance,mode=max</c>.</summary>
    public IReadOnlyList<string> Attestations { get; init; } = [];

    /// <summary>A check to run instead of a build, such as <c>lint</c>; empty for a build.</summary>
    public string Call { get; init; } = "";
}
