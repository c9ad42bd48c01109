using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Gateways;
using Google.Protobuf;

namespace ComposePipCache.FakeDaemon.Builds;

/// <summary>What the engine does with a build: a tiny image that always succeeds, unless told otherwise.</summary>
public sealed class BuildPlan
{
    /// <summary>The answer to the gateway's Solve.</summary>
    public Func<BuildScene, Task<Result>> Solve { get; set; } = _ => Task.FromResult(TinyResult());

    /// <summary>What happens between the result and the answer of Control.Solve.</summary>
    public Func<BuildScene, Task> Export { get; set; } = _ => Task.CompletedTask;

    /// <summary>What Control.Solve answers.</summary>
    public IDictionary<string, string> ExporterResponse { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["containerimage.digest"] = TinyImage.Digest,
        ["image.name"] = "docker.io/library/tiny:latest",
    };

    /// <summary>What Status tells before it ends with the build.</summary>
    public IReadOnlyList<StatusResponse> Reports { get; set; } = TinyImage.Reports();

    /// <summary>How Status ends.</summary>
    public StatusEnd StatusEnd { get; set; } = StatusEnd.WithTheBuild;

    /// <summary>Whether Control.Solve answers as soon as it was asked, without waiting for a result.</summary>
    public bool IsEndedEarly { get; set; }

    /// <summary>Files of every ref, by absolute path.</summary>
    public IDictionary<string, ByteString> Files { get; } = new Dictionary<string, ByteString>(StringComparer.Ordinal);

    /// <summary>What a process in a gateway container does.</summary>
    public Func<ProcessScene, Task> Process { get; set; } = process => process.ExitAsync(0);

    /// <summary>What DiskUsage tells; Prune takes from it what its filters name by id, all without filters.</summary>
    public IList<UsageRecord> Usage { get; } = [Record("cache-1"), Record("cache-2")];

    /// <summary>Filters that Prune was called with.</summary>
    public IList<string> PruneFilters { get; } = [];

    /// <summary>Whether the worker says that images are in the containerd store.</summary>
    public bool HasContainerdStore { get; set; } = true;

    /// <summary>A cache mount in the build cache.</summary>
    public static UsageRecord Record(string id) => new() { ID = id, Size = 42, RecordType = "exec.cachemount" };

    /// <summary>The default answer to the gateway's Solve.</summary>
    public static Result TinyResult() => new()
    {
        Ref = new Ref { Id = "ref-1", Def = TinyImage.Definition() },
        Metadata = { ["containerimage.config"] = TinyImage.Config },
    };
}
