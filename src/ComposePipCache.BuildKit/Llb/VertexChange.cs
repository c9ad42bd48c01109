using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.BuildKit.Llb;

/// <summary>What a rewrite wants of an exec op.</summary>
/// <param name="Exec">The new body; its mounts may refer to inputs by index.</param>
/// <param name="Inputs">The new inputs, or null to keep them.</param>
/// <param name="Metadata">The new metadata, or null to keep it.</param>
public sealed record VertexChange(ExecOp Exec, IReadOnlyList<Input>? Inputs = null, OpMetadata? Metadata = null);
