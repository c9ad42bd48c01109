using ComposePipCache.FakeDaemon.Builds;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Workers;
using Grpc.Core;

namespace ComposePipCache.FakeDaemon.Rpc;

/// <summary>The gateway: what a frontend may ask while its build runs.</summary>
internal sealed class BridgeService(BuildPlan plan, BuildTable builds) : LLBBridge.LLBBridgeBase
{
    public override async Task<PongResponse> Ping(PingRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        return new PongResponse { Workers = { new WorkerRecord { ID = "worker-1" } } };
    }

    public override async Task<SolveResponse> Solve(SolveRequest request, ServerCallContext context)
    {
        var scene = await FindAsync(context);
        scene.Solve = request;
        return new SolveResponse { Result = await plan.Solve(scene) };
    }

    public override async Task<EvaluateResponse> Evaluate(EvaluateRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        return new EvaluateResponse();
    }

    public override async Task<ReturnResponse> Return(ReturnRequest request, ServerCallContext context)
    {
        (await FindAsync(context)).Return(request);
        return new ReturnResponse();
    }

    public override async Task<ReadFileResponse> ReadFile(ReadFileRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        return plan.Files.TryGetValue(request.FilePath, out var data)
            ? new ReadFileResponse { Data = data }
            : throw NoSuchFile(request.FilePath);
    }

    public override async Task<StatFileResponse> StatFile(StatFileRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        return plan.Files.TryGetValue(request.Path, out var data)
            ? new StatFileResponse { Stat = new Stat { Path = request.Path, Size = data.Length, Mode = 0x1A4 } }
            : throw NoSuchFile(request.Path);
    }

    public override async Task<ReadDirResponse> ReadDir(ReadDirRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        var prefix = request.DirPath.TrimEnd('/') + "/";
        var response = new ReadDirResponse();
        response.Entries.AddRange(plan.Files
            .Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(file => new Stat { Path = file.Key[prefix.Length..], Size = file.Value.Length, Mode = 0x1A4 }));
        return response;
    }

    public override async Task<NewContainerResponse> NewContainer(NewContainerRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        return new NewContainerResponse();
    }

    public override async Task<ReleaseContainerResponse> ReleaseContainer(
        ReleaseContainerRequest request,
        ServerCallContext context)
    {
        await FindAsync(context);
        return new ReleaseContainerResponse();
    }

    public override async Task ExecProcess(
        IAsyncStreamReader<ExecMessage> requestStream,
        IServerStreamWriter<ExecMessage> responseStream,
        ServerCallContext context)
    {
        await FindAsync(context);
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Init is null)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "first message must contain init"));
        }

        var process = new ProcessScene(requestStream, responseStream, context, requestStream.Current);
        await process.StartAsync();
        await plan.Process(process);
    }

    private static RpcException NoSuchFile(string path) =>
        new(new Status(StatusCode.Unknown, $"lstat {path}: no such file or directory"));

    private Task<BuildScene> FindAsync(ServerCallContext context) => builds.FindAsync(
        context.RequestHeaders.GetValue("buildkit-controlapi-buildid") ?? "", context.CancellationToken);
}
