using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Tells a call of the daemon which session it belongs to; set on the connection.</summary>
internal sealed class SessionFeature(BuildSession session)
{
    public BuildSession Session { get; } = session;

    public static BuildSession Of(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<SessionFeature>()?.Session
        ?? throw new InvalidOperationException("a call came in on a connection without a session");
}
