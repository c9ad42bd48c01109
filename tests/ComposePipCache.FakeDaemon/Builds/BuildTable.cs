using System.Collections.Concurrent;
using Grpc.Core;

namespace ComposePipCache.FakeDaemon.Builds;

/// <summary>The builds an engine runs, by ref.</summary>
internal sealed class BuildTable
{
    /// <summary>A gateway call may come before its build is known; BuildKit waits for it as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<BuildScene>> _builds = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<BuildScene> _known = new();

    public IReadOnlyList<BuildScene> Known => [.. _known];

    public void Add(BuildScene scene)
    {
        _known.Enqueue(scene);
        Slot(scene.Request.Ref).TrySetResult(scene);
    }

    public async Task<BuildScene> FindAsync(string buildRef, CancellationToken cancellationToken)
    {
        try
        {
            return await Slot(buildRef).Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"no such job {buildRef}"));
        }
    }

    private TaskCompletionSource<BuildScene> Slot(string buildRef) =>
        _builds.GetOrAdd(buildRef, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
