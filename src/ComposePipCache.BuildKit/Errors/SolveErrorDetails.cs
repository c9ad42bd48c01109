using ComposePipCache.Protocol.Rpc;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>What BuildKit attaches to the error of a failed solve.</summary>
public sealed record SolveErrorDetails
{
    /// <summary>Digest of the op that failed; equals a vertex of the status stream.</summary>
    public string? VertexDigest { get; init; }

    /// <summary>Exit code of the process; 137 is a kill, 255 may mean that it never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>One entry per Dockerfile involved.</summary>
    public IReadOnlyList<SourceExcerpt> Sources { get; init; } = [];

    /// <summary>Clean parents of the failed op, one slot per mount; empty where a mount has no ref.</summary>
    public IReadOnlyList<string> InputIds { get; init; } = [];

    /// <summary>The mounts as the failed op left them, in the order of its mounts.</summary>
    public IReadOnlyList<string> MountIds { get; init; } = [];

    /// <summary>The error as it travelled, for handing it back through the gateway's Return.</summary>
    public Status? Status { get; init; }
}
