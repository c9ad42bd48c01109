using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.FakeDaemon.Sessions;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Workers;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace ComposePipCache.FakeDaemon.Rpc;

/// <summary>BuildKit's front door.</summary>
internal sealed class ControlService(BuildPlan plan, BuildTable builds, SessionTable sessions) : Control.ControlBase
{
    public override Task<InfoResponse> Info(InfoRequest request, ServerCallContext context) =>
        Task.FromResult(new InfoResponse
        {
            BuildkitVersion = new BuildkitVersion { Package = "github.com/moby/buildkit", Version = "v0.0.0+fake" },
        });

    public override Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, ServerCallContext context)
    {
        var worker = new WorkerRecord { ID = "worker-1" };
        if (plan.HasContainerdStore)
        {
            worker.Labels.Add("org.mobyproject.buildkit.worker.snapshotter", "overlayfs");
        }

        worker.Labels.Add("org.mobyproject.buildkit.worker.moby.host-gateway-ip", "172.17.0.1");
        return Task.FromResult(new ListWorkersResponse { Record = { worker } });
    }

    public override Task<DiskUsageResponse> DiskUsage(DiskUsageRequest request, ServerCallContext context) =>
        Task.FromResult(new DiskUsageResponse { Record = { plan.Usage } });

    public override async Task Prune(
        PruneRequest request,
        IServerStreamWriter<UsageRecord> responseStream,
        ServerCallContext context)
    {
        foreach (var filter in request.Filter)
        {
            plan.PruneFilters.Add(filter);
        }

        var gone = plan.Usage.Where(record => !record.InUse && IsMeant(record, request.Filter)).ToList();
        foreach (var record in gone)
        {
            plan.Usage.Remove(record);
            await responseStream.WriteAsync(record, context.CancellationToken);
        }
    }

    public override async Task<SolveResponse> Solve(SolveRequest request, ServerCallContext context)
    {
        var session = sessions.Find(request.Session);
        if (session is null && request.Session.Length > 0)
        {
            throw new RpcException(new Status(
                StatusCode.Unknown, $"no active session for {request.Session}: context deadline exceeded"));
        }

        var scene = new BuildScene(request, session);
        builds.Add(scene);
        try
        {
            await FinishAsync(scene, context);
            return new SolveResponse { ExporterResponse = { plan.ExporterResponse } };
        }
        finally
        {
            scene.End();
        }
    }

    public override async Task Status(
        StatusRequest request,
        IServerStreamWriter<StatusResponse> responseStream,
        ServerCallContext context)
    {
        var scene = await builds.FindAsync(request.Ref, context.CancellationToken);
        foreach (var report in plan.Reports)
        {
            await responseStream.WriteAsync(report, context.CancellationToken);
        }

        switch (plan.StatusEnd)
        {
            case StatusEnd.Never:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
            case StatusEnd.Reset:
                context.GetHttpContext().Features.Get<IHttpResetFeature>()!.Reset(2);
                break;
            case StatusEnd.WithTheBuild:
                await scene.Over.WaitAsync(context.CancellationToken);
                break;
            default:
                break;
        }
    }

    private static bool IsMeant(UsageRecord record, ICollection<string> filters) =>
        filters.Count == 0 || filters.Contains("id==" + record.ID);

    private async Task FinishAsync(BuildScene scene, ServerCallContext context)
    {
        if (plan.IsEndedEarly)
        {
            return;
        }

        var returned = await scene.Returned.WaitAsync(context.CancellationToken);
        if (returned.Error is { } error)
        {
            var trailers = new Metadata { { "grpc-status-details-bin", error.ToByteArray() } };
            throw new RpcException(new Status((StatusCode)error.Code, error.Message), trailers);
        }

        await plan.Export(scene);
    }
}
