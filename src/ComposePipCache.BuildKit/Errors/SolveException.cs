using Grpc.Core;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>A build failed inside the daemon, with what BuildKit told about where.</summary>
public sealed class SolveException : BuildKitException
{
    /// <summary>Wraps a failed solve.</summary>
    public SolveException(string message, StatusCode statusCode, SolveErrorDetails details, Exception? inner = null)
        : base(message, statusCode, inner) => Details = details;

    /// <summary>The failing vertex, exit code and Dockerfile lines, as far as known.</summary>
    public SolveErrorDetails Details { get; }
}
