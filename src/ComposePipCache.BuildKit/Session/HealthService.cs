using ComposePipCache.Protocol.Healthchecks;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Session;

/// <summary>Answers the daemon's liveness checks; old daemons drop a session after one miss.</summary>
internal sealed class HealthService : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving });
}
