using System.Collections.Concurrent;
using System.Text;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Protocol.Controls;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace ComposePipCache.Build.Fallback;

/// <summary>The progress of one target: passes it on, and holds failures back until they are known to be final.</summary>
/// <param name="writer">Null in quiet mode.</param>
/// <param name="prefix">The target's name when several are built, else null.</param>
/// <param name="clock">Ends what is tried again.</param>
internal sealed class TargetProgress(SolveStatusWriter? writer, string? prefix, TimeProvider clock)
{
    private const int ConsoleLimit = 256 * 1024;
    private const int StandardError = 2;

    private readonly Dictionary<string, StringBuilder> _consoles = new(StringComparer.Ordinal);
    private readonly List<Vertex> _held = [];
    private readonly ConcurrentDictionary<string, Func<Task>> _awaited = new(StringComparer.Ordinal);

    /// <summary>Calls once when the step of this name begins to run; never where it is cached.</summary>
    public void OnRun(string name, Func<Task> act) => _awaited[name] = act;

    /// <summary>Passes a report on, without its failures.</summary>
    public async Task WriteAsync(StatusResponse status)
    {
        lock (_held)
        {
            foreach (var log in status.Logs)
            {
                Listen(log);
            }

            foreach (var failed in status.Vertexes.Where(vertex => vertex.Error.Length > 0).ToList())
            {
                _held.Add(failed);
                status.Vertexes.Remove(failed);
            }
        }

        await PassAsync(status);
        foreach (var vertex in status.Vertexes.Where(vertex => vertex is { Started: not null, Cached: false }))
        {
            if (_awaited.TryRemove(vertex.Name, out var act))
            {
                await act();
            }
        }
    }

    /// <summary>What a step printed in this attempt, both streams, its last part where it is long.</summary>
    public string ConsoleOf(string digest)
    {
        lock (_held)
        {
            return _consoles.GetValueOrDefault(digest)?.ToString() ?? "";
        }
    }

    /// <summary>Shows lines as if a step had printed them.</summary>
    public Task ShowAsync(string digest, IReadOnlyList<string> lines)
    {
        var log = new VertexLog
        {
            Vertex = digest,
            Stream = StandardError,
            Timestamp = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
            Msg = ByteString.CopyFromUtf8(string.Concat(lines.Select(line => line + "\n"))),
        };
        return lines.Count > 0 ? PassAsync(new StatusResponse { Logs = { log } }) : Task.CompletedTask;
    }

    /// <summary>Ends an attempt.</summary>
    /// <param name="isFinal">Whether its failures are the build's; else the steps are only marked as done.</param>
    public async Task EndAttemptAsync(bool isFinal)
    {
        var status = new StatusResponse();
        lock (_held)
        {
            status.Vertexes.Add(_held.Select(vertex => isFinal ? vertex : Settle(vertex)));
            _held.Clear();
            _consoles.Clear();
        }

        await PassAsync(status);
    }

    private Vertex Settle(Vertex vertex) => new(vertex)
    {
        Error = "",
        Completed = vertex.Completed ?? Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
    };

    private void Listen(VertexLog log)
    {
        if (!_consoles.TryGetValue(log.Vertex, out var console))
        {
            _consoles.Add(log.Vertex, console = new StringBuilder());
        }

        console.Append(log.Msg.ToStringUtf8());
        if (console.Length > ConsoleLimit)
        {
            console.Remove(0, console.Length - ConsoleLimit);
        }
    }

    private Task PassAsync(StatusResponse status) =>
        writer?.WriteAsync(status, prefix, CancellationToken.None) ?? Task.CompletedTask;
}
