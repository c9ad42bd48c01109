using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace ComposePipCache.FakeDaemon.Rpc;

/// <summary>Which calls go wrong, by method such as <c>Control/Info</c>, and how often each was made.</summary>
public sealed class CallFaults
{
    private readonly ConcurrentDictionary<string, (CallFault Fault, int Times)> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _called = new(StringComparer.Ordinal);

    /// <summary>Makes the next calls of a method go wrong.</summary>
    public void Add(string method, CallFault fault, int times = int.MaxValue) => _faults[method] = (fault, times);

    /// <summary>How often a method was called.</summary>
    public int CallsOf(string method) => _calls.GetValueOrDefault(method);

    /// <summary>Done when a method has been called once.</summary>
    public Task WhenCalledAsync(string method, CancellationToken cancellationToken) =>
        Signal(method).Task.WaitAsync(cancellationToken);

    internal Task ServeAsync(HttpContext call, Func<Task> serve)
    {
        // /moby.buildkit.v1.frontend.LLBBridge/Solve is LLBBridge/Solve here.
        var path = call.Request.Path.Value!;
        var method = path[(path.LastIndexOf('.') + 1)..];
        _calls.AddOrUpdate(method, 1, (_, count) => count + 1);
        Signal(method).TrySetResult();
        return Take(method) is { } fault ? fault.ActAsync(call, serve) : serve();
    }

    private TaskCompletionSource Signal(string method) =>
        _called.GetOrAdd(method, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private CallFault? Take(string method)
    {
        while (_faults.TryGetValue(method, out var entry))
        {
            if (entry.Times == 0)
            {
                return null;
            }

            if (_faults.TryUpdate(method, entry with { Times = entry.Times - 1 }, entry))
            {
                return entry.Fault;
            }
        }

        return null;
    }
}
