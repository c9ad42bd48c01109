using System.Security.Cryptography;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Llb;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace ComposePipCache.FakeDaemon.Builds;

/// <summary>The build every fake engine knows by heart: one base image and nothing on top.</summary>
public static class TinyImage
{
    /// <summary>What the exporter reports as the image.</summary>
    public const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    /// <summary>Digest of the one op.</summary>
    public static string OpDigest { get; } = DigestOf(CreateOp());

    /// <summary>The image's configuration, as the frontend gives it.</summary>
    public static ByteString Config { get; } = ByteString.CopyFromUtf8(
        """{"architecture":"amd64","os":"linux","config":{"Cmd":["true"]},"rootfs":{"type":"layers","diff_ids":[]}}""");

    /// <summary>The graph: the op, and the last op that names it as the result.</summary>
    public static Definition Definition()
    {
        var result = new Op { Inputs = { new Input { Digest = OpDigest } } };
        return new Definition { Def = { CreateOp().ToByteString(), result.ToByteString() } };
    }

    /// <summary>Progress of the op: started, one line of log, done.</summary>
    public static IReadOnlyList<StatusResponse> Reports()
    {
        var start = new Timestamp { Seconds = 1_700_000_000 };
        var end = new Timestamp { Seconds = 1_700_000_001 };
        var vertex = new Vertex { Digest = OpDigest, Name = "[1/1] FROM docker.io/library/base:latest", Started = start };
        var done = vertex.Clone();
        done.Completed = end;
        return
        [
            new StatusResponse { Vertexes = { vertex } },
            new StatusResponse
            {
                Logs =
                {
                    new VertexLog { Vertex = OpDigest, Stream = 1, Timestamp = start, Msg = ByteString.CopyFromUtf8("resolved\n") },
                },
            },
            new StatusResponse { Vertexes = { done } },
        ];
    }

    private static Op CreateOp() => new()
    {
        Source = new SourceOp { Identifier = "docker-image://docker.io/library/base:latest" },
        Platform = new Platform { Architecture = "amd64", OS = "linux" },
    };

    private static string DigestOf(Op op) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(op.ToByteArray()));
}
