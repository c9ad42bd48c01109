using ComposePipCache.Build.Engine;
using ComposePipCache.BuildKit.Connection;
using Microsoft.Extensions.Logging;

namespace ComposePipCache.Build.Bake;

/// <summary>How compose started its builder.</summary>
public sealed record BakeInvocation
{
    /// <summary>What follows docker's global options: <c>bake --file - …</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The build definition arrives here.</summary>
    public required Stream StandardInput { get; init; }

    /// <summary>Progress and errors leave here.</summary>
    public required Stream StandardError { get; init; }

    /// <summary>The environment compose gave us; it holds the values of secrets.</summary>
    public required EnvironmentSnapshot Environment { get; init; }

    /// <summary>Docker's own options that choose the engine; compose puts them into the environment.</summary>
    public EngineSelection Engine { get; init; } = EngineSelection.None;

    /// <summary>Where relative paths start.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Our own cache directory.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>What the user asked of us.</summary>
    public PipSettings Pip { get; init; } = new();

    /// <summary>How long the engine may be silent.</summary>
    public ConnectionTimeouts Timeouts { get; init; } = new();

    /// <summary>The clock behind deadlines.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Takes what goes wrong while the engine calls back, or null.</summary>
    public ILoggerProvider? Loggers { get; init; }

    /// <summary>Runs the real buildx on a definition, for what only it does; returns its exit code.</summary>
    public Func<ReadOnlyMemory<byte>, CancellationToken, Task<int>>? RunBuildxAsync { get; init; }
}
