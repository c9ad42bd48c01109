using ComposePipCache.FakeDaemon.Sessions;
using ControlSolve = ComposePipCache.Protocol.Controls.SolveRequest;
using GatewayReturn = ComposePipCache.Protocol.Gateways.ReturnRequest;
using GatewaySolve = ComposePipCache.Protocol.Gateways.SolveRequest;

namespace ComposePipCache.FakeDaemon.Builds;

/// <summary>One running build, as the engine sees it.</summary>
public sealed class BuildScene
{
    private readonly TaskCompletionSource<GatewayReturn> _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal BuildScene(ControlSolve request, SessionCaller? session)
    {
        Request = request;
        Session = session;
    }

    /// <summary>What opened the build.</summary>
    public ControlSolve Request { get; }

    /// <summary>The client's services.</summary>
    public SessionCaller? Session { get; }

    /// <summary>The last Solve of the gateway.</summary>
    public GatewaySolve? Solve { get; internal set; }

    /// <summary>What the frontend handed over.</summary>
    public Task<GatewayReturn> Returned => _returned.Task;

    /// <summary>Done when Control.Solve has answered or was given up.</summary>
    public Task Over => _over.Task;

    internal void Return(GatewayReturn request) => _returned.TrySetResult(request);

    internal void End() => _over.TrySetResult();
}
