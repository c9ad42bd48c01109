using ComposePipCache.BuildKit.Errors;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Connection;

/// <summary>The daemon answered an upgrade request with something other than 101.</summary>
/// <param name="path">The API path that was asked for, such as <c>/grpc</c>.</param>
/// <param name="statusLine">The first line of the answer, as received.</param>
public sealed class HijackRefusedException(string path, string statusLine)
    : BuildKitException($"the engine refused to upgrade {path}: {statusLine}", StatusCode.Unimplemented)
{
    /// <summary>The first line of the answer, as received.</summary>
    public string StatusLine { get; } = statusLine;
}
