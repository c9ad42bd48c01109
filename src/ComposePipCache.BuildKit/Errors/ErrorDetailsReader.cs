using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RpcStatus = ComposePipCache.Protocol.Rpc.Status;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>Reads the details of BuildKit's errors; unknown and malformed ones are skipped.</summary>
/// <remarks>
/// Each detail is an Any whose value is JSON (buildkit util/grpcerrors/grpcerrors.go), told apart by the end of its
/// type URL: <c>errdefs.Vertex+json</c>, <c>errdefs.Source+json</c>, <c>errdefs.Solve+json</c>,
/// <c>gatewayapi.ExitMessage+json</c>.
/// </remarks>
public static class ErrorDetailsReader
{
    private const string Trailer = "grpc-status-details-bin";

    /// <summary>Reads the error that the daemon gave a failed call.</summary>
    internal static BuildKitException ToException(string message, RpcException failure)
    {
        var status = ReadStatus(failure.Trailers);
        return status is null || status.Details.Count == 0
            ? new BuildKitException(message, failure.StatusCode, failure)
            : new SolveException(message, failure.StatusCode, ReadDetails(status), failure);
    }

    /// <summary>Reads every detail that is known.</summary>
    public static SolveErrorDetails ReadDetails(RpcStatus status)
    {
        var details = new SolveErrorDetails { Status = status };
        foreach (var any in status.Details)
        {
            details = TryRead(details, any);
        }

        return details;
    }

    private static RpcStatus? ReadStatus(Metadata trailers)
    {
        if (trailers.GetValueBytes(Trailer) is not { } bytes)
        {
            return null;
        }

        try
        {
            return RpcStatus.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static SolveErrorDetails TryRead(SolveErrorDetails details, Any any)
    {
        try
        {
            using var json = JsonDocument.Parse(any.Value.Memory);
            return Read(details, any.TypeUrl, json.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return details;
        }
    }

    private static SolveErrorDetails Read(SolveErrorDetails details, string type, JsonElement json) => type switch
    {
        _ when type.EndsWith("errdefs.Vertex+json", StringComparison.Ordinal) =>
            details with { VertexDigest = Text(json, "digest") ?? details.VertexDigest },
        _ when type.EndsWith("errdefs.Source+json", StringComparison.Ordinal) =>
            details with { Sources = [.. details.Sources, ReadSource(json)] },
        _ when type.EndsWith("errdefs.Solve+json", StringComparison.Ordinal) =>
            details with { InputIds = Texts(json, "inputIDs"), MountIds = Texts(json, "mountIDs") },
        _ when type.EndsWith("ExitMessage+json", StringComparison.Ordinal) =>
            details with { ExitCode = ReadExitCode(json) ?? details.ExitCode },
        _ => details,
    };

    private static int? ReadExitCode(JsonElement json) =>
        json.TryGetProperty("Code", out var code) && code.TryGetUInt32(out var value) ? unchecked((int)value) : null;

    private static SourceExcerpt ReadSource(JsonElement json)
    {
        var info = json.GetProperty("info");
        var data = info.TryGetProperty("data", out var bytes) ? bytes.GetBytesFromBase64() : [];
        var ranges = new List<(int First, int Last)>();
        if (json.TryGetProperty("ranges", out var list))
        {
            ranges.AddRange(list.EnumerateArray().Select(range => (Line(range, "start"), Line(range, "end"))));
        }

        return new SourceExcerpt(Text(info, "filename") ?? "Dockerfile", Encoding.UTF8.GetString(data), ranges);
    }

    private static int Line(JsonElement range, string end) =>
        range.TryGetProperty(end, out var position) && position.TryGetProperty("line", out var line)
            ? line.GetInt32()
            : 0;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list)
            ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];
}
