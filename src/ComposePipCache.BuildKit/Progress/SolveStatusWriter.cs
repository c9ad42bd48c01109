using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Llb;
using Google.Protobuf.WellKnownTypes;

namespace ComposePipCache.BuildKit.Progress;

/// <summary>Writes progress as buildx's <c>rawjson</c> mode does: one SolveStatus object per line.</summary>
/// <remarks>
/// Keys and omissions follow the json tags of buildkit client/graph.go; times are RFC 3339 with nanoseconds.
/// </remarks>
public sealed class SolveStatusWriter(Stream output) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes one line. Lines of several builds do not interleave.</summary>
    /// <param name="status">What the daemon reported.</param>
    /// <param name="prefix">Name of the target when several are built, put into each vertex name; else null.</param>
    /// <param name="cancellationToken">Ends the wait for the stream.</param>
    public async Task WriteAsync(StatusResponse status, string? prefix, CancellationToken cancellationToken)
    {
        if (status.CalculateSize() == 0)
        {
            return;
        }

        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            WriteStatus(json, status, prefix);
        }

        line.Write("\n"u8);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await output.WriteAsync(line.WrittenMemory, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Puts a target's name in front: <c>[2/4] RUN x</c> becomes <c>[web 2/4] RUN x</c>.</summary>
    internal static string Prefixed(string? prefix, string name) =>
        prefix is null ? name
        : name.StartsWith('[') ? $"[{prefix} {name.AsSpan(1)}"
        : $"[{prefix}] {name}";

    private static void WriteStatus(Utf8JsonWriter json, StatusResponse status, string? prefix)
    {
        json.WriteStartObject();
        WriteList(json, "vertexes", status.Vertexes, vertex => WriteVertex(json, vertex, prefix));
        WriteList(json, "statuses", status.Statuses, item => WriteVertexStatus(json, item));
        WriteList(json, "logs", status.Logs, log => WriteLog(json, log));
        WriteList(json, "warnings", status.Warnings, warning => WriteWarning(json, warning));
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVertex(Utf8JsonWriter json, Vertex vertex, string? prefix)
    {
        WriteText(json, "digest", vertex.Digest);
        if (vertex.Inputs.Count > 0)
        {
            json.WriteStartArray("inputs");
            foreach (var input in vertex.Inputs)
            {
                json.WriteStringValue(input);
            }

            json.WriteEndArray();
        }

        WriteText(json, "name", Prefixed(prefix, vertex.Name));
        WriteTime(json, "started", vertex.Started);
        WriteTime(json, "completed", vertex.Completed);
        if (vertex.Cached)
        {
            json.WriteBoolean("cached", true);
        }

        WriteText(json, "error", vertex.Error);
        if (vertex.ProgressGroup is { } group)
        {
            WriteGroup(json, group, prefix);
        }
    }

    private static void WriteGroup(Utf8JsonWriter json, ProgressGroup group, string? prefix)
    {
        json.WriteStartObject("progressGroup");
        WriteText(json, "id", group.Id);
        WriteText(json, "name", Prefixed(prefix, group.Name));
        if (group.Weak)
        {
            json.WriteBoolean("weak", true);
        }

        json.WriteEndObject();
    }

    private static void WriteVertexStatus(Utf8JsonWriter json, VertexStatus status)
    {
        json.WriteString("id", status.ID);
        WriteText(json, "vertex", status.Vertex);
        WriteText(json, "name", status.Name);
        if (status.Total != 0)
        {
            json.WriteNumber("total", status.Total);
        }

        json.WriteNumber("current", status.Current);
        WriteTime(json, "timestamp", status.Timestamp ?? new Timestamp());
        WriteTime(json, "started", status.Started);
        WriteTime(json, "completed", status.Completed);
    }

    private static void WriteLog(Utf8JsonWriter json, VertexLog log)
    {
        WriteText(json, "vertex", log.Vertex);
        if (log.Stream != 0)
        {
            json.WriteNumber("stream", log.Stream);
        }

        json.WriteBase64String("data", log.Msg.Span);
        WriteTime(json, "timestamp", log.Timestamp ?? new Timestamp());
    }

    private static void WriteWarning(Utf8JsonWriter json, VertexWarning warning)
    {
        WriteText(json, "vertex", warning.Vertex);
        if (warning.Level != 0)
        {
            json.WriteNumber("level", warning.Level);
        }

        if (warning.Short.Length > 0)
        {
            json.WriteBase64String("short", warning.Short.Span);
        }

        if (warning.Detail.Count > 0)
        {
            json.WriteStartArray("detail");
            foreach (var detail in warning.Detail)
            {
                json.WriteBase64StringValue(detail.Span);
            }

            json.WriteEndArray();
        }

        WriteText(json, "url", warning.Url);
        WriteSource(json, warning);
    }

    private static void WriteSource(Utf8JsonWriter json, VertexWarning warning)
    {
        if (warning.Info is { } info)
        {
            json.WriteStartObject("sourceInfo");
            WriteText(json, "filename", info.Filename);
            if (info.Data.Length > 0)
            {
                json.WriteBase64String("data", info.Data.Span);
            }

            WriteText(json, "language", info.Language);
            json.WriteEndObject();
        }

        WriteList(json, "range", warning.Ranges, range =>
        {
            WritePosition(json, "start", range.Start);
            WritePosition(json, "end", range.End);
        });
    }

    private static void WritePosition(Utf8JsonWriter json, string name, Position? position)
    {
        if (position is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("line", position.Line);
        json.WriteNumber("character", position.Character);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, Timestamp? time)
    {
        if (time is not null)
        {
            json.WriteString(name, ToRfc3339(time));
        }
    }

    /// <summary>
    /// Protobuf's own JSON form drops trailing zeros in groups of three; Go reads any number of digits.
    /// </summary>
    private static string ToRfc3339(Timestamp time)
    {
        var seconds = DateTimeOffset.FromUnixTimeSeconds(time.Seconds).UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds:yyyy-MM-ddTHH:mm:ss}.{time.Nanos:D9}Z");
    }
}
