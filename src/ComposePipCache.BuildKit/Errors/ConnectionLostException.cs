using Grpc.Core;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>The conversation with the engine broke; nothing is known about the build itself.</summary>
public class ConnectionLostException : BuildKitException
{
    /// <summary>Says what happened to the connection.</summary>
    public ConnectionLostException(string message, StatusCode statusCode, Exception? inner = null)
        : base(message, statusCode, inner)
    {
    }
}
