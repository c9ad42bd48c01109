using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Python.Commands;

namespace ComposePipCache.Build.Passes;

/// <summary>A RUN instruction that installs Python packages, and the names under which we serve it.</summary>
internal sealed record PipStep
{
    /// <summary>The op as it is in the graph to be solved.</summary>
    public required Vertex Vertex { get; init; }

    /// <summary>What its commands do.</summary>
    public required StepAnalysis Analysis { get; init; }

    /// <summary><c>public</c>, or a name of the user's own find-links folders: scopes never share a layer.</summary>
    public required string Scope { get; init; }

    /// <summary>Path segment of this step's view and log.</summary>
    public required string View { get; init; }

    /// <summary>Starts the ids of the step's switches; part of the cache key.</summary>
    public required string SwitchPrefix { get; init; }

    /// <summary>The daemon's names of the two cache mounts.</summary>
    public required MountIds Ids { get; init; }

    /// <summary>A later step copies from pip's own cache folder, so pip has to fill it.</summary>
    public bool IsCacheTaken { get; init; }

    /// <summary>The body as the daemon gets it.</summary>
    public ExecOp Exec => Vertex.Op.Exec;

    /// <summary>The USER it runs as; empty is root.</summary>
    public string User => Exec.Meta.User;

    /// <summary>The parent the step runs on.</summary>
    public Input Parent => InputOf(Exec.Mounts.First(mount => mount.Dest == "/"))!;

    /// <summary>The op output behind a mount; null where it has none.</summary>
    public Input? InputOf(Mount mount) => mount.Input < 0 ? null : Vertex.Op.Inputs[(int)mount.Input];
}
