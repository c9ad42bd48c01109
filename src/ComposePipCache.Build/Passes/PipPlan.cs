using ComposePipCache.BuildKit.Llb;

namespace ComposePipCache.Build.Passes;

/// <summary>A graph ready to be solved, and the steps in it that will ring.</summary>
/// <param name="Graph">The graph; the very one from the frontend when nothing was changed.</param>
/// <param name="Steps">Steps that have our mounts and switches.</param>
/// <param name="LeftAlone">Steps that install packages and are not touched.</param>
internal sealed record PipPlan(LlbGraph Graph, IReadOnlyList<PipStep> Steps, IReadOnlyList<LeftAlone> LeftAlone);
