using Grpc.Core;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>A call to BuildKit failed; <see cref="Exception.Message"/> is the daemon's own text.</summary>
public class BuildKitException : Exception
{
    /// <summary>Wraps what gRPC reported.</summary>
    public BuildKitException(string message, StatusCode statusCode, Exception? inner = null)
        : base(message, inner) => StatusCode = statusCode;

    /// <summary>gRPC's code; BuildKit uses Unknown for most build failures.</summary>
    public StatusCode StatusCode { get; }
}
