using ComposePipCache.Build.Engine;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using Grpc.Core;

namespace ComposePipCache.Build.Bake;

/// <summary>Words what can go wrong between us and the engine during a build.</summary>
internal static class EngineFailures
{
    /// <summary>The failure as a user can act on it; null where the build itself failed, or we did.</summary>
    public static ErrorText? Find(Exception failure)
    {
        var cause = failure is TargetFailedException { InnerException: { } inner } ? inner : failure;
        return (cause as PipCacheException ?? EngineUnreachableException.Find(cause))?.Text ?? Word(cause);
    }

    private static ErrorText? Word(Exception cause) => cause switch
    {
        HijackRefusedException refused when IsDenied(refused) => new ErrorText(
            "engine-denied",
            "the engine denies access to its builder",
            refused.Message,
            "let POST /grpc and POST /session through the proxy or the authorization plugin in front of the engine"),
        HijackRefusedException refused => new ErrorText(
            "engine-no-buildkit",
            "the engine does not offer BuildKit",
            refused.Message,
            "build with Docker Engine 24 or newer; `docker version` tells what is there"),
        EngineSilentException silent => new ErrorText(
            "engine-silent",
            "the engine does not answer",
            silent.Message,
            "see whether `docker info` gets an answer; if not, restart the docker daemon"),
        ConnectionLostException lost => new ErrorText(
            "engine-lost",
            "the engine stopped answering during the build",
            lost.Message,
            "see whether the docker daemon runs (`docker info`), then build again: finished steps are kept"),
        BuildKitException { StatusCode: StatusCode.Unimplemented } old and not SolveException => new ErrorText(
            "engine-too-old",
            "the engine's BuildKit is too old",
            old.Message,
            "build with Docker Engine 24 or newer; `docker version` tells what is there"),
        _ => null,
    };

    private static bool IsDenied(HijackRefusedException refused) =>
        refused.StatusLine.Contains(" 401", StringComparison.Ordinal)
        || refused.StatusLine.Contains(" 403", StringComparison.Ordinal);
}
