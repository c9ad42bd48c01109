using ComposePipCache.Protocol.Llb;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Llb;

/// <summary>One op of a graph with the bytes it arrived in.</summary>
public sealed class Vertex
{
    private Op? _op;

    /// <summary>Wraps encoded bytes; they are decoded when first looked at.</summary>
    public Vertex(ByteString bytes, OpMetadata? metadata)
    {
        Bytes = bytes;
        Metadata = metadata;
        Digest = Llb.Digest.Of(bytes.Span);
    }

    /// <summary>The encoded op.</summary>
    public ByteString Bytes { get; }

    /// <summary>The op's name: the hash of its bytes.</summary>
    public string Digest { get; }

    /// <summary>Description, capabilities and the like: outside the digest and the cache key.</summary>
    public OpMetadata? Metadata { get; }

    /// <summary>The decoded op. Treat it as read-only: changes go through <see cref="LlbGraph.Rewrite"/>.</summary>
    public Op Op => _op ??= Op.Parser.ParseFrom(Bytes);

    /// <summary>The name shown in progress, such as <c>[2/4] RUN pip install …</c>; empty when there is none.</summary>
    public string Name => Metadata?.Description.GetValueOrDefault("llb.customname") ?? "";
}
