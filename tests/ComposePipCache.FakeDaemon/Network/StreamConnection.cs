using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace ComposePipCache.FakeDaemon.Network;

/// <summary>Lets Kestrel serve HTTP/2 on a connection that was upgraded by hand.</summary>
internal sealed class StreamConnection : DefaultConnectionContext
{
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamConnection(EngineStream connection)
        : base(Guid.NewGuid().ToString("N"))
    {
        Transport = new Pipes(PipeReader.Create(connection), PipeWriter.Create(connection));
        Features.Set(connection);
    }

    /// <summary>Done when Kestrel has let go of the connection.</summary>
    public Task Served => _served.Task;

    public override void Abort(ConnectionAbortedException abortReason) => Features.Get<EngineStream>()!.Break();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _served.TrySetResult();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
