using ComposePipCache.Build.Fetch;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Progress;

namespace ComposePipCache.Build.Bake;

/// <summary>What all targets of one command share.</summary>
internal sealed record BuildServices
{
    public required BuildKitConnection Connection { get; init; }

    public required BuildWorker Worker { get; init; }

    public required SessionPool Sessions { get; init; }

    public required InlineDockerfiles InlineDockerfiles { get; init; }

    public required EnvironmentSnapshot Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>What serves pip steps.</summary>
    public required PipServices Pip { get; init; }

    /// <summary>Brings images into the engine's store; null in an ordinary build.</summary>
    public ImageFetch? Images { get; init; }

    /// <summary>Takes what was found on the way, for a command that fetches.</summary>
    public required FetchReport FetchReport { get; init; }

    /// <summary>Null in quiet mode.</summary>
    public SolveStatusWriter? Progress { get; init; }
}
