using System.IO.Pipelines;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Both directions of one stream.</summary>
internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
